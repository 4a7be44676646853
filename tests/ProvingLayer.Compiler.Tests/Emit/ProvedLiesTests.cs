using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Emit;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Tests.Generation;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Proving;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Compiler.Tests.Emit;

/// <summary>
/// Consistent cheating: after an instruction of each kind a wrong result, everything behind it computed from the lie, the whole proved
/// without any check on the prover's side. The verifier must refuse.
/// </summary>
public sealed class ProvedLiesTests
{
    private static readonly string[] Kinds =
        ["Add", "And", "DivRem", "Equal", "Hash", "Less", "Multiply", "Narrow", "Not", "Or", "Select", "Subtract"];

    [Fact]
    public void C2_The_verifier_refuses_a_lie_after_every_kind_of_instruction() => RefuseLies(1);

    [Fact]
    [Trait("Category", "Long")]
    public void C2_The_verifier_refuses_many_lies_after_every_kind_of_instruction() => RefuseLies(15);

    private static void RefuseLies(int lies)
    {
        var told = Kinds.ToDictionary(k => k, _ => 0, StringComparer.Ordinal);
        for (var seed = 1; told.Values.Min() < lies; seed++)
        {
            Assert.True(seed < 100 * lies, $"the generator does not write {told.MinBy(t => t.Value).Key}");
            var compiled = CircuitEmitter.Emit(MarkedByKind(RandomFunction.Of(seed)));
            var random = new Random(seed);
            var inputs = RandomFunction.Inputs(compiled.Function, random);
            if (!Interpreter.Run(compiled.Function, inputs).IsAccepted)
            {
                continue;
            }

            var cells = CircuitComparison.Cells(compiled, inputs);
            var recorder = new Recorder();
            var honest = CircuitExecutor.Run(compiled.Circuit, cells, recorder);
            var wanted = (from write in recorder.Writes
                          let kind = compiled.Circuit.Marks[compiled.Circuit.MarkOf(write.Instruction)].Text
                          where told.TryGetValue(kind, out var count) && count < lies
                          group write.Cell.Address by kind).ToArray();
            if (wanted.Length == 0)
            {
                continue;
            }

            var key = ProvingKey.Generate(compiled.Circuit, Profile.Test);
            Assert.True(Accepts(key, honest.Trace!), $"seed {seed}: the honest proof is refused");
            foreach (var kind in wanted)
            {
                var addresses = kind.ToArray();
                var address = addresses[random.Next(addresses.Length)];
                var lie = CircuitExecutor.Run(compiled.Circuit, cells, new CellFault(address), keepGoing: true);
                if (RandomCircuitTests.SameTrace(honest.Trace!, lie.Trace!))
                {
                    continue; // A half of a sponge state that nobody reads is not in the trace.
                }

                Assert.False(Accepts(key, lie.Trace!), $"seed {seed}: a lie in cell {address} after {kind.Key} is proved");
                told[kind.Key]++;
            }
        }
    }

    private static bool Accepts(ProvingKey key, Trace trace)
    {
        Stark.Proof proof;
        try
        {
            proof = Prover.Prove(key, trace);
        }
        catch (InvalidOperationException)
        {
            return false; // What it is asked to prove is so wrong that it cannot go on.
        }

        return Verifier.Verify(key.VerifyingKey, trace.PublicValues.AsSpan(), proof, new VerifierOptions { AllowTestProfile = true }).IsAccepted;
    }

    private static IrFunction MarkedByKind(IrFunction function) => function with
    {
        Marks = [.. function.Instructions.Select((instruction, i) => new IrMark("ir", i + 1, 1, i + 1, 2, KindOf(instruction.Op)))],
        Instructions = [.. function.Instructions.Select((instruction, i) => instruction with { Mark = i })],
    };

    private static string KindOf(IrOp op) => op switch
    {
        IrBinary binary => binary.Kind.ToString(),
        _ => op.GetType().Name[2..],
    };

    private sealed class Recorder : IFaultInjector
    {
        public List<(int Instruction, Cell Cell)> Writes { get; } = [];

        public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs) => Writes.Add((instruction, cell));
    }
}
