using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Compiler.Emit;

/// <summary>
/// Looks for a second public statement beside every accepted run: with another value in a cell that the inputs determine, or in an input that only witnesses (of a map
/// or a signature), everything behind it computed from that lie as a cheating prover would. Whatever the constraints still accept must say the same in public.
/// </summary>
/// <param name="circuits">Where circuits come from; it compares each run first.</param>
/// <param name="lies">How many lies are told of each run.</param>
public sealed class SoundnessCheck(CircuitCheck circuits, int lies) : IExecutionCheck
{
    private int told;
    private int harmless;

    /// <summary>Lies that were told: those that leave a trace.</summary>
    public int Told => told;

    /// <summary>Those among them that the constraints accept, and that say the same in public: witnesses of arms that are not taken.</summary>
    public int Harmless => harmless;

    /// <inheritdoc/>
    public string? Compare(IrProgram program, IrFunction entry, IReadOnlyDictionary<string, Scalar> inputs, RunResult result)
    {
        if (circuits.Compare(program, entry, inputs, result) is { } difference)
            return difference;
        if (!result.IsAccepted || entry.Kind is not (IrFunctionKind.Transition or IrFunctionKind.Statement))
            return null;
        var circuit = circuits.CircuitOf(entry);
        Scalar[] given = [.. entry.Inputs.Select(i => inputs[i.Name])];
        var cells = CircuitComparison.Cells(circuit, given);
        var recorder = new Recorder();
        var honest = CircuitExecutor.Run(circuit.Circuit, cells, recorder).Trace!;
        var free = circuit.FreeCells.ToHashSet();
        var writes = recorder.Writes.Where(w => !free.Contains(w.Cell.Address)).ToList();

        // The same lies of the same run, today and tomorrow; other ones of the next run.
        var random = new Random((int)honest.PublicValues.Aggregate((uint)writes.Count, (sum, v) => (sum * 31) + v.Canonical));
        var witnesses = entry.Inputs.Select((input, i) => (input, i))
            .Where(p => p.input.Role is IrInputRole.MapValue or IrInputRole.MapSibling or IrInputRole.Signature or IrInputRole.SignatureSibling).Select(p => p.i).ToList();
        for (var i = 0; i < lies; i++)
        {
            var (what, trace) = witnesses.Count > 0 && i % 4 == 3
                ? Witness(circuit, given, witnesses[random.Next(witnesses.Count)], random)
                : Cell(circuit, cells, writes[random.Next(writes.Count)], random);
            if (trace is null || IsSame(trace, honest))
                continue; // half a sponge state that nobody reads: nothing of it is in the trace
            Interlocked.Increment(ref told);
            if (!ConstraintChecker.Check(circuit.Circuit, trace).Holds)
                continue;
            if (!trace.PublicValues.AsSpan().SequenceEqual(honest.PublicValues.AsSpan()))
                return $"{entry.Name} can be proved with a second public statement: {what}";
            Interlocked.Increment(ref harmless);
        }

        return null;
    }

    private static bool IsSame(Trace left, Trace right) =>
        left.Main.Zip(right.Main).All(pair => pair.First.Data.AsSpan().SequenceEqual(pair.Second.Data)) && left.PublicValues.AsSpan().SequenceEqual(right.PublicValues.AsSpan());

    private static (string What, Trace? Trace) Cell(CircuitFunction circuit, CellValue[] cells, (int Instruction, Cell Cell) write, Random random)
    {
        var fault = new Fault(write.Cell.Address, random.Next(3));
        var trace = CircuitExecutor.Run(circuit.Circuit, cells, fault, keepGoing: true).Trace;
        return ($"a result of instruction {write.Instruction}, at {circuit.Circuit.Marks[circuit.Circuit.MarkOf(write.Instruction)]}, is not determined", trace);
    }

    private static (string What, Trace? Trace) Witness(CircuitFunction circuit, Scalar[] given, int input, Random random)
    {
        var (lie, type) = ((Scalar[])given.Clone(), circuit.Function.Inputs[input].Type);
        lie[input] = type.Kind switch
        {
            ScalarKind.Integer => Scalar.Of(given[input].Number == type.Interval.High ? type.Interval.Low : random.Next(2) == 0 ? given[input].Number + 1 : type.Interval.High),
            ScalarKind.Boolean => Scalar.Of(!given[input].IsTrue),
            _ => Scalar.Of(Digests.Of(DomainTag.Salt, [(given[input], ScalarLayout.Digest)])),
        };
        var trace = CircuitExecutor.Run(circuit.Circuit, CircuitComparison.Cells(circuit, lie), keepGoing: true).Trace;
        return ($"the witness {circuit.Function.Inputs[input].Name} is not determined", trace);
    }

    private sealed class Recorder : IFaultInjector
    {
        public List<(int Instruction, Cell Cell)> Writes { get; } = [];

        public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs) => Writes.Add((instruction, cell));
    }

    // Another value of the cell's kind: a word stays one, so that range checks do not refuse it before anything else does.
    private sealed class Fault(int address, int kind) : IFaultInjector
    {
        public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs)
        {
            if (cell.Address != address)
                return;
            limbs[0] = (cell.Type, kind) switch
            {
                (CellType.Word, 0) => KoalaBear.FromCanonical(limbs[0].Canonical ^ 1),
                (CellType.Word, _) => KoalaBear.FromCanonical(limbs[0].Canonical ^ 0x8000),
                (_, 0) => limbs[0].IsZero ? KoalaBear.One : KoalaBear.Zero,
                (_, 1) => limbs[0] + KoalaBear.One,
                _ => -limbs[0] - KoalaBear.One,
            };
        }
    }
}
