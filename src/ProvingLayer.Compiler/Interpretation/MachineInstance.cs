using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Histories;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Interpretation;

/// <summary>A machine that runs in the interpreter: its record. Steps give a new one.</summary>
public sealed class MachineInstance
{
    private readonly ImmutableSortedDictionary<string, Scalar> record;
    private readonly ImmutableSortedDictionary<string, SparseMerkleMap> maps;
    private readonly PastStep? past;

    private MachineInstance(
        MachineSymbol symbol,
        IrProgram program,
        ImmutableSortedDictionary<string, Scalar> record,
        ImmutableSortedDictionary<string, SparseMerkleMap> maps,
        PastStep? past) =>
        (Symbol, Program, this.record, this.maps, this.past) = (symbol, program, record, maps, past);

    /// <summary>The machine.</summary>
    public MachineSymbol Symbol { get; }

    /// <summary>The machine, compiled.</summary>
    public IrProgram Program { get; }

    /// <summary>The record: a scalar for every path.</summary>
    public IReadOnlyDictionary<string, Scalar> Record => record;

    /// <summary>Its maps, by their paths in the record.</summary>
    public IReadOnlyDictionary<string, SparseMerkleMap> Maps => maps;

    /// <summary>What its steps so far say together; null before the first. Computed when it is asked for: a step is hashed into the log only then.</summary>
    public HistoryClaim? History => past?.Claim();

    /// <summary>The root of its record.</summary>
    public Digest Root
    {
        get
        {
            // Of constants the builder folds all hashes: no second text of the record's encoding is needed.
            var builder = new FoldingBuilder();
            var layout = new RecordLayout(Symbol);
            var instance = layout.Instance(builder, f => Constants(RecordLayout.LeavesOf(f)), layout.HasFixedSalt ? Constant(RecordLayout.FixedSalt) : null);
            var fields = Symbol.States.Select(s => s.Fields.Select(f => Shape.Build(f.Type, new(Constants(RecordLayout.LeavesOf(s, f))))).ToImmutableArray());
            var root = layout.Root(builder, instance, new(
                new(Constant(RecordLayout.State), [.. fields]),
                Constant(RecordLayout.Sequence),
                Constant(RecordLayout.LastNotBefore),
                f => Constants(RecordLayout.LeavesOf(f)),
                layout.HasRestSalt ? Constant(RecordLayout.RestSalt) : null));
            return builder.KnownValue(root) is { } known ? known.Digest : throw new InvalidOperationException("compiler bug: the root of a record that is known is not");

            IrValue Constant(string path) => builder.Constant(record[path]);

            IEnumerable<IrValue> Constants(IEnumerable<Leaf> leaves) => leaves.Select(leaf => Constant(leaf.Path));
        }
    }

    /// <summary>The state it is in.</summary>
    public StateSymbol State => Symbol.States[(int)record[RecordLayout.State].Number];

    /// <summary>The machine that <c>new</c> makes: in <c>init</c>, with empty vaults and maps.</summary>
    /// <param name="symbol">The machine.</param>
    /// <param name="program">The machine, compiled.</param>
    /// <param name="scalarsOf">The scalars of each data field that does not start empty.</param>
    /// <param name="salts">Where salts come from.</param>
    public static MachineInstance New(MachineSymbol symbol, IrProgram program, Func<FieldSymbol, IEnumerable<Scalar>> scalarsOf, SaltSource salts)
    {
        var record = ImmutableSortedDictionary.CreateBuilder<string, Scalar>(StringComparer.Ordinal);
        var maps = ImmutableSortedDictionary.CreateBuilder<string, SparseMerkleMap>(StringComparer.Ordinal);
        foreach (var field in symbol.Data)
        {
            var leaves = RecordLayout.LeavesOf(field).ToList();
            if (field.Type is MapType map)
            {
                maps.Add(leaves[0].Path, SparseMerkleMap.Empty(Shape.ShapeOf(map)));
                record.Add(leaves[0].Path, Scalar.Of(maps[leaves[0].Path].Root));
                continue;
            }

            var scalars = field.IsVault ? leaves.Select(l => Scalar.Zero(l.Type.Kind)) : scalarsOf(field);
            foreach (var (leaf, scalar) in leaves.Zip(scalars))
                record.Add(leaf.Path, scalar);
        }

        foreach (var leaf in symbol.States.SelectMany(s => s.Fields.SelectMany(f => RecordLayout.LeavesOf(s, f))))
            record.Add(leaf.Path, Scalar.Zero(leaf.Type.Kind));
        foreach (var path in (ReadOnlySpan<string>)[RecordLayout.State, RecordLayout.Sequence, RecordLayout.LastNotBefore])
            record.Add(path, Scalar.Of(0));
        record.Add(RecordLayout.FixedSalt, Scalar.Of(salts.Next()));
        record.Add(RecordLayout.RestSalt, Scalar.Of(salts.Next()));
        return new(symbol, program, record.ToImmutable(), maps.ToImmutable(), null);
    }

    /// <summary>The same machine with another map in one of its fields: a ledger that was not made step by step.</summary>
    /// <param name="path">The map's path in the record.</param>
    /// <param name="map">The map, of the field's type.</param>
    public MachineInstance WithMap(string path, SparseMerkleMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new(Symbol, Program, record.SetItem(path, Scalar.Of(map.Root)), maps.SetItem(path, map), null);
    }

    /// <summary>The balance of a vault in smallest units.</summary>
    public BigInteger BalanceOf(FieldSymbol vault) => record[RecordLayout.LeavesOf(vault).Single().Path].Number;

    /// <summary>The scalars of a data field.</summary>
    public IEnumerable<Scalar> ScalarsOf(FieldSymbol field) => RecordLayout.LeavesOf(field).Select(l => record[l.Path]);

    /// <summary>The scalars of a field of the state it is in.</summary>
    public IEnumerable<Scalar> ScalarsOfState(FieldSymbol field) => RecordLayout.LeavesOf(State, field).Select(l => record[l.Path]);

    /// <summary>Makes a step.</summary>
    /// <param name="transition">The transition's number.</param>
    /// <param name="arguments">The scalars of its arguments, by path.</param>
    /// <param name="notBefore">The first second of now.</param>
    /// <param name="notAfter">The last second of now.</param>
    /// <param name="salts">Where the salt of the record after the step comes from.</param>
    /// <param name="signatures">Who signs; null for nobody.</param>
    /// <param name="programId">The program that signatures are for: zero while nothing is proved.</param>
    /// <param name="proofs">Where inner proofs come from; null where there are none.</param>
    /// <returns>What happened; this instance stays as it is.</returns>
    public MachineStep Step(
        int transition,
        IReadOnlyDictionary<string, Scalar> arguments,
        BigInteger notBefore,
        BigInteger notAfter,
        SaltSource salts,
        ISignatureSource? signatures = null,
        Digest programId = default,
        IProofSource? proofs = null)
    {
        var function = Program.Functions[transition];
        var symbol = Symbol.Transitions[transition];
        if (!symbol.Sources.Contains(State))
        {
            var message = $"{symbol.Name} starts from {string.Join(" or ", symbol.Sources.Select(s => s.Name))}, and {Symbol.Name} is in {State.Name}";
            var failure = new RunFailure(IrFailure.Of(FailureKind.State, ErrorSymbol.WrongState.Name, message), IrMark.None, message);
            return new(this, function, null, new(function, failure), null);
        }

        var given = function.Inputs.Where(i => !IsAskedFor(i)).ToImmutableSortedDictionary(
            i => i.Name,
            i => i.Role switch
            {
                IrInputRole.Program => Scalar.Of(programId),
                IrInputRole.NotBefore => Scalar.Of(notBefore),
                IrInputRole.NotAfter => Scalar.Of(notAfter),
                IrInputRole.Salt when i.Name == RecordLayout.NextSalt => Scalar.Of(salts.Next()),
                IrInputRole.Record or IrInputRole.Salt => record[i.Name],
                _ => arguments[i.Name],
            },
            StringComparer.Ordinal);
        var session = new MapSession(maps);
        var result = Interpreter.Run(function, given, session, signatures ?? new TestSigners([], []), proofs);
        var inputs = function.Accesses.IsEmpty && function.Signatures.IsEmpty
            ? given
            : function.Inputs.Zip(result.Inputs).ToImmutableSortedDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal);
        if (!result.IsAccepted)
            return new(this, function, inputs, result, null);
        var after = record.ToBuilder();
        for (var i = 0; i < function.Outputs.Length; i++)
        {
            if (function.Outputs[i].Role == IrOutputRole.Record)
                after[function.Outputs[i].Name] = result.Outputs[i];
        }

        var mapsAfter = maps.ToImmutableSortedDictionary(m => m.Key, m => session[m.Key, after[m.Key].Digest], StringComparer.Ordinal);
        return new(this, function, inputs, result, new(Symbol, Program, after.ToImmutable(), mapsAfter, PastWith(transition, result, notBefore, notAfter)));
    }

    private PastStep PastWith(int transition, RunResult step, BigInteger notBefore, BigInteger notAfter)
    {
        return new(past, Said("preRoot"), Said("postRoot"), new(transition, Said("argumentsDigest"), Said("flowsDigest"), Said("eventsDigest"), notBefore, notAfter));

        Digest Said(string field) => step.Public(field).Digest;
    }

    private static bool IsAskedFor(IrInput input) =>
        input.Role is IrInputRole.MapValue or IrInputRole.MapSibling or IrInputRole.Signature or IrInputRole.SignatureSibling;
}

/// <summary>A step that a machine has made, and those before it.</summary>
internal sealed class PastStep(PastStep? before, Digest preRoot, Digest postRoot, HistoryEntry entry)
{
    private HistoryClaim? claim;

    /// <summary>What the steps say together.</summary>
    public HistoryClaim Claim()
    {
        // From the last step of which it is known, or the first, up to this one: a history may be longer than a stack is deep.
        var open = new Stack<PastStep>();
        for (var step = this; step is { claim: null }; step = step.Before)
            open.Push(step);
        while (open.TryPop(out var step))
            step.claim = step.ClaimAfter(step.Before?.claim);
        return claim!;
    }

    private PastStep? Before => before;

    private HistoryClaim ClaimAfter(HistoryClaim? earlier)
    {
        earlier ??= new(preRoot, default, 0, HistoryDigests.EmptyLog, entry.NotBefore, entry.NotAfter);
        return earlier with
        {
            To = postRoot,
            Steps = earlier.Steps + 1,
            Log = HistoryDigests.Append(earlier.Log, entry),
            NotBefore = BigInteger.Min(earlier.NotBefore, entry.NotBefore),
            NotAfter = BigInteger.Max(earlier.NotAfter, entry.NotAfter),
        };
    }
}

/// <summary>A receipt of a step.</summary>
/// <param name="Asset">The asset's full name.</param>
/// <param name="Decimals">Its decimal places.</param>
/// <param name="Party">The party.</param>
/// <param name="Amount">What the party received, in smallest units; negative for what it paid.</param>
public sealed record StepReceipt(string Asset, int Decimals, Digest Party, BigInteger Amount)
{
    /// <summary>Whether this much was minted, or burned if negative: then there is no party.</summary>
    public bool IsIssue { get; init; }
}

/// <summary>An event of a step.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Fields">Its scalars with their paths and formats.</param>
public sealed record StepEvent(string Name, ImmutableArray<(string Path, Scalar Value, ScalarFormat Format)> Fields);

/// <summary>A step that was tried.</summary>
/// <param name="Before">The machine before it.</param>
/// <param name="Function">The transition.</param>
/// <param name="Inputs">Its inputs by name (the program's digest is zero here); null where the machine was in no state the transition starts from.</param>
/// <param name="Result">What the run gave.</param>
/// <param name="After">The machine after it; null where it failed.</param>
public sealed record MachineStep(
    MachineInstance Before,
    IrFunction Function,
    ImmutableSortedDictionary<string, Scalar>? Inputs,
    RunResult Result,
    MachineInstance? After)
{
    /// <summary>All inputs but the program's digest: the witness to prove the step with.</summary>
    public ImmutableSortedDictionary<string, Scalar>? Witness => Inputs?.RemoveRange(Function.Inputs.Where(i => i.Role == IrInputRole.Program).Select(i => i.Name));

    /// <summary>The receipts of the slots that were taken, in order.</summary>
    public IEnumerable<StepReceipt> Receipts()
    {
        for (var i = 0; i < Function.Receipts.Length; i++)
        {
            var (slot, path) = (Function.Receipts[i], string.Create(CultureInfo.InvariantCulture, $"receipts.{i}"));
            if (!Result.IsAccepted || !Result.Output($"{path}.taken").IsTrue)
                continue;
            var amount = Result.Output($"{path}.amount").Number;
            yield return new(slot.Asset, slot.Decimals, Result.Output($"{path}.party").Digest, slot.Direction is ReceiptDirection.Out or ReceiptDirection.Mint ? amount : -amount)
            {
                IsIssue = slot.Direction is ReceiptDirection.Mint or ReceiptDirection.Burn,
            };
        }
    }

    /// <summary>The events of the slots that were taken, in order.</summary>
    public IEnumerable<StepEvent> Events()
    {
        for (var i = 0; i < Function.Events.Length; i++)
        {
            var (slot, path) = (Function.Events[i], string.Create(CultureInfo.InvariantCulture, $"events.{i}"));
            if (!Result.IsAccepted || !Result.Output($"{path}.taken").IsTrue)
                continue;
            var formats = Function.Outputs.ToDictionary(o => o.Name, o => o.Format, StringComparer.Ordinal);
            yield return new(slot.Name, [.. slot.Fields.Select(f => (f, Result.Output($"{path}.{f}"), formats[$"{path}.{f}"]))]);
        }
    }
}
