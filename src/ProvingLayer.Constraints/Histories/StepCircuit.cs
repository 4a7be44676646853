using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Constraints.Histories;

/// <summary>
/// A transition as a step of histories: its circuit, with the public statement hashed into the carry instead of shown to the verifier. Three inputs
/// come behind the transition's own: the log before the step, and the history's window.
/// </summary>
/// <remarks>
/// carry = H(Carry; programId, root, log, notBefore, notAfter). A step takes it from (preRoot, log) to (postRoot, log'), log' = H(Log; log, argumentsDigest,
/// flowsDigest, eventsDigest, transition, now.from, now.to), and its time lies within the window. Program and window are the same cells before and
/// after, so they are those of the whole history.
/// </remarks>
public sealed class StepCircuit
{
    /// <summary>The public fields that a step needs of a transition, in the order of the statement.</summary>
    private static readonly string[] Fields =
        ["programId", "transition", "preRoot", "postRoot", "argumentsDigest", "flowsDigest", "eventsDigest", "notBefore", "notAfter"];

    private const int ExtraSlots = 3;

    /// <summary>Begins the names of the outputs behind the transition's own: the fields of its public statement, a cell each.</summary>
    public const string StatementPrefix = "statement.";

    private StepCircuit(Circuit circuit, int logStart) => (Circuit, LogStart) = (circuit, logStart);

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>
    /// The number of the first instruction that takes the log or the window. All before it are the transition's own, its outputs and statement among their results: so steps can be run
    /// side by side up to here, before it is known which log each of them begins with.
    /// </summary>
    public int LogStart { get; }

    /// <summary>The step of a transition; false if its public statement is not a transition's.</summary>
    /// <param name="transition">The transition's circuit.</param>
    /// <param name="function">Its ABI.</param>
    /// <param name="step">The step.</param>
    public static bool TryOf(Circuit transition, AbiFunction function, [NotNullWhen(true)] out StepCircuit? step)
    {
        ArgumentNullException.ThrowIfNull(transition);
        ArgumentNullException.ThrowIfNull(function);
        step = null;
        var names = function.Publics.Select(field => field.Name).ToArray();
        if (!names.SequenceEqual(Fields, StringComparer.Ordinal))
            return false;

        var builder = new CircuitBuilder();
        var publics = builder.Replay(transition);
        if (publics.Length != Fields.Length)
            return false;
        var (programId, tag, preRoot, postRoot) = (publics[0], publics[1], publics[2], publics[3]);
        var (arguments, flows, events, from, to) = (publics[4], publics[5], publics[6], publics[7], publics[8]);
        builder.MarkSource(SourceMark.None);
        var log = builder.Input(CellType.Block, transition.InputCount);
        var notBefore = builder.Input(CellType.Word, transition.InputCount + 1);
        var notAfter = builder.Input(CellType.Word, transition.InputCount + 2);
        builder.AssertAtMost(notBefore, from, "the step begins within the history's window");
        builder.AssertAtMost(to, notAfter, "the step ends within the history's window");

        // Blocks as BlockPacking lays them out, the sponge's 1 behind the last limb: 7 limbs of an entry, 6 of a window.
        var (tagLimbs, timeLimbs) = (ScalarLayout.Tag.Limbs, ScalarLayout.Time.Limbs);
        var one = builder.ConstantWord(UInt128.One);
        var entry = builder.Pack(builder.Pack(tag, builder.Pack(from, to, timeLimbs), tagLimbs), one, tagLimbs + (2 * timeLimbs));
        var window = builder.Pack(builder.Pack(notBefore, notAfter, timeLimbs), one, 2 * timeLimbs);
        var (logAfter, _) = Absorb(builder, Start(builder, DomainTag.Log), log, arguments, flows, events, entry);
        var program = Absorb(builder, Start(builder, DomainTag.Carry), programId).Capacity;
        var before = Absorb(builder, program, preRoot, log, window).Rate;
        var after = Absorb(builder, program, postRoot, logAfter, window).Rate;
        builder.History(before, after);
        for (var i = 0; i < Fields.Length; i++)
            builder.Output(StatementPrefix + Fields[i], [publics[i]]);
        var circuit = builder.Build();
        step = new(circuit, FirstReading(circuit, transition.InputCount));
        return true;
    }

    /// <summary>The inputs of a step: the transition's own, then log and window.</summary>
    /// <param name="transition">The values of the transition's inputs, by slot.</param>
    /// <param name="log">The log before the step.</param>
    /// <param name="notBefore">The window's first second.</param>
    /// <param name="notAfter">The window's last second.</param>
    public static CellValue[] Inputs(ReadOnlySpan<CellValue> transition, Digest log, BigInteger notBefore, BigInteger notAfter)
    {
        var slots = new CellValue[transition.Length + ExtraSlots];
        transition.CopyTo(slots);
        slots[^3] = CellValue.Block(log);
        slots[^2] = CellValue.Word((UInt128)notBefore);
        slots[^1] = CellValue.Word((UInt128)notAfter);
        return slots;
    }

    /// <summary>The first instruction that takes an input from a slot on.</summary>
    private static int FirstReading(Circuit circuit, int slot)
    {
        var first = 0;
        while (circuit.Instructions[first] is var instruction
            && !(instruction.Operation == Operation.Input && new Step(instruction, circuit.Code.AsSpan(), circuit.CellTypes.AsSpan(), default).Parameters[1] >= slot))
        {
            first++;
        }

        return first;
    }

    private static Cell Start(CircuitBuilder builder, DomainTag tag)
    {
        Span<KoalaBear> capacity = stackalloc KoalaBear[Cells.Limbs];
        capacity.Clear();
        capacity[^1] = KoalaBear.FromCanonical((uint)tag);
        return builder.ConstantBlock(capacity);
    }

    private static (Cell Rate, Cell Capacity) Absorb(CircuitBuilder builder, Cell capacity, params ReadOnlySpan<Cell> blocks)
    {
        var rate = default(Cell);
        foreach (var block in blocks)
            (rate, capacity) = builder.Permute(block, capacity);
        return (rate, capacity);
    }
}
