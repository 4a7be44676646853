using System.Collections.Immutable;
using ProvingLayer.Cli.Demo;
using ProvingLayer.Compiler;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Language.Binding;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Text;
using ProvingLayer.Runtime;

namespace ProvingLayer.Cli.Bench;

/// <summary>
/// Workload W1, of examples/03-settlement: in a map of depth 20 with 65,536 accounts the writer of a call pays its holder; W3 and W4 are histories of it. Accounts and balances come
/// from a generator whose seed is kept, so that the same is proved on every machine.
/// </summary>
internal static class SettlementLedger
{
    private const string Balances = "record.data.balances";
    private const int Accounts = 1 << 16;
    private const int PlacesPerAccount = 16;
    private const ulong Seed = 20;
    private const long LeastBalance = 1_000_000_000_000;

    /// <summary>Its prover, and the inputs of settlements one after the other, each between two of the accounts.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isHiding">Whether its key is hiding.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static (TenorProver Prover, ImmutableArray<WitnessInput> Inputs) Settle(int count, bool isHiding, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        var bound = Binder.Bind([new SourceFile("examples/03-settlement/settlement.tenor", OptionDemonstration.Resource("settlement.tenor"))]);
        var machine = bound.HasErrors ? throw new InvalidOperationException($"compiler bug: the example does not compile: {bound.Diagnostics[0]}") : bound.Machines.Single().Symbol;
        var program = Compilation.Lower(bound.Instantiate(machine.Name, bag)!, bag) ?? throw new InvalidOperationException($"compiler bug: {bag.ToSorted()[0]}");
        var salts = SaltSource.Random();
        var ledger = MachineInstance.New(machine, program, _ => [], salts);
        ledger = ledger.Step(Number("start"), ImmutableDictionary<string, Scalar>.Empty, 0, 0, salts).After!;
        var entries = Entries(ledger.Maps[Balances].Shape);
        ledger = ledger.WithMap(Balances, SparseMerkleMap.Of(ledger.Maps[Balances].Shape, entries));
        cancellation.ThrowIfCancellationRequested();
        var prover = TenorArtifact.Of(CircuitEmitter.Emit(program).ToArtifact()).GenerateKeys(isHiding, cancellation: cancellation);
        var inputs = ImmutableArray.CreateBuilder<WitnessInput>(count);
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var arguments = new Dictionary<string, Scalar>
            {
                ["args.spot"] = Scalar.Of(10_537_250_000 + i), // 105.3725 against 100, 3.5 times: 18.80375
                ["args.strike"] = Scalar.Of(10_000_000_000),
                ["args.quantity"] = Scalar.Of(350_000_000),
                ["args.holder"] = Scalar.Of((long)entries[((Accounts / 3) + (i * 7919)) % Accounts].Index),
                ["args.writer"] = Scalar.Of((long)entries[((Accounts / 7) + (i * 104_729)) % Accounts].Index),
            };
            var step = ledger.Step(Number("settle"), arguments, 0, 0, salts);
            if (!step.Result.IsAccepted)
                throw new InvalidOperationException($"compiler bug: the settlement is refused: {step.Result.Failure}");
            inputs.Add(WitnessInput.Of(prover.Artifact.Abi, step.Function.Name, step.Witness!));
            ledger = step.After!;
        }

        return (prover, inputs.MoveToImmutable());

        int Number(string transition) => machine.Transitions.Single(t => t.Name == transition).Ordinal;
    }

    // One account in each sixteen places.
    private static MapEntry[] Entries(MapShape shape)
    {
        var entries = new MapEntry[Accounts];
        var state = Seed;
        for (var i = 0; i < entries.Length; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            var id = (i * PlacesPerAccount) + (int)(state >> 60);
            entries[i] = shape.Entry([Scalar.Of(id)], [Scalar.Of(LeastBalance + (long)(state >> 30 & uint.MaxValue))]);
        }

        return entries;
    }
}
