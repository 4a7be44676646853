using System.Collections.Immutable;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>
/// Writes a circuit's instructions; each method one or a few rows. What a method is given wrongly (a cell of another type) is a bug of its
/// caller and throws.
/// </summary>
public sealed partial class CircuitBuilder
{
    private readonly InstructionList list = new();
    private readonly List<SourceMark> marks = [SourceMark.None];
    private readonly Dictionary<SourceMark, int> markNumbers = new() { [SourceMark.None] = 0 };
    private readonly List<string> names = [""];
    private readonly Dictionary<string, int> nameNumbers = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly Dictionary<Extension5, Cell> valueConstants = [];
    private readonly Dictionary<Digest, Cell> blockConstants = [];
    private readonly Dictionary<UInt128, Cell> wordConstants = [];
    private readonly HashSet<int> booleans = [];
    private readonly List<CircuitOutput> outputs = [];
    private readonly Operation permutation;
    private readonly Operation merkleStep;
    private readonly Operation absorption;
    private readonly Operation input;
    private readonly Operation advice;
    private int mark;

    /// <summary>An empty circuit whose permutations are those of a hash suite.</summary>
    /// <param name="suiteId">Poseidon2 (1) or Poseidon (2).</param>
    /// <param name="hasWords">Whether inputs and advice may be words; without them their table needs no range checks, and the circuit no range table.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such suite.</exception>
    public CircuitBuilder(uint suiteId = 1, bool hasWords = true)
    {
        (permutation, merkleStep, absorption) = suiteId == Poseidon2.SuiteId
            ? (Operation.PermutePoseidon2, Operation.MerkleStepPoseidon2, Operation.AbsorbPoseidon2)
            : suiteId == Poseidon1.SuiteId
                ? (Operation.PermutePoseidon1, Operation.MerkleStepPoseidon1, Operation.AbsorbPoseidon1)
                : throw new ArgumentOutOfRangeException(nameof(suiteId));
        (input, advice) = hasWords ? (Operation.Input, Operation.Advise) : (Operation.Witness, Operation.AdviseWitness);
    }

    /// <summary>
    /// Whether inputs and advice that are no words stand in a table of their own, without range checks. For circuits that have words and many inputs besides, such as one that verifies
    /// proofs: the proof's parts need no range checks.
    /// </summary>
    public bool KeepsWordsApart { get; init; }

    /// <summary>Number of public values appended so far.</summary>
    public int PublicCount => list.PublicCount;

    /// <summary>The constant 0, a value.</summary>
    public Cell Zero => Constant(KoalaBear.Zero);

    /// <summary>The constant 1, a value.</summary>
    public Cell One => Constant(KoalaBear.One);

    /// <summary>The constant word 0.</summary>
    public Cell ZeroWord => ConstantWord(0);

    /// <summary>Later instructions carry this mark; returns its index.</summary>
    public int MarkSource(SourceMark mark)
    {
        if (!markNumbers.TryGetValue(mark, out var number))
        {
            number = marks.Count;
            marks.Add(mark);
            markNumbers.Add(mark, number);
        }

        return this.mark = number;
    }

    /// <summary>A constant of the base field; equal constants are one cell.</summary>
    public Cell Constant(KoalaBear value) => Constant(Extension5.FromBase(value));

    /// <summary>A constant of the extension; equal constants are one cell.</summary>
    public Cell Constant(Extension5 value)
    {
        if (valueConstants.TryGetValue(value, out var cell))
            return cell;
        Span<KoalaBear> limbs = stackalloc KoalaBear[Cells.Limbs];
        limbs.Clear();
        value.CopyTo(limbs);
        cell = Constant(CellType.Value, limbs);
        valueConstants.Add(value, cell);
        if (value == Extension5.Zero || value == Extension5.One)
            booleans.Add(cell.Address);
        return cell;
    }

    /// <summary>A constant block; equal constants are one cell.</summary>
    public Cell ConstantBlock(ReadOnlySpan<KoalaBear> eight)
    {
        var key = new Digest(eight);
        if (!blockConstants.TryGetValue(key, out var cell))
            blockConstants.Add(key, cell = Constant(CellType.Block, eight));
        return cell;
    }

    /// <summary>A constant word; equal constants are one cell.</summary>
    public Cell ConstantWord(UInt128 value)
    {
        if (wordConstants.TryGetValue(value, out var cell))
            return cell;
        Span<KoalaBear> limbs = stackalloc KoalaBear[Cells.Limbs];
        Words.Write(value, limbs);
        cell = Constant(CellType.Word, limbs);
        wordConstants.Add(value, cell);
        return cell;
    }

    /// <summary>An input of the circuit. Words are range-checked by the row, values and blocks are free.</summary>
    /// <param name="type">The type.</param>
    /// <param name="slot">Its place in the vector of inputs; each of 0, 1, 2, … once.</param>
    public Cell Input(CellType type, int slot) =>
        Append(KeepsWordsApart && type != CellType.Word ? Operation.Witness : input, [], [], [(int)type, slot], "input")[0];

    /// <summary>Values that the prover computes from the operands; nothing pins them. Words are range-checked.</summary>
    public ImmutableArray<Cell> Advise(
        AdviceKind kind, ReadOnlySpan<Cell> operands, ReadOnlySpan<CellType> results, ReadOnlySpan<int> parameters)
    {
        Span<int> all = stackalloc int[2 + parameters.Length + results.Length];
        all[0] = (int)kind;
        all[1] = parameters.Length;
        parameters.CopyTo(all[2..]);
        for (var i = 0; i < results.Length; i++)
            all[2 + parameters.Length + i] = (int)results[i];
        return Append(KeepsWordsApart && !results.Contains(CellType.Word) ? Operation.AdviseWitness : advice, operands, [], all, "advice");
    }

    /// <summary>
    /// Appends the cell's first <paramref name="limbs"/> limbs to the public values, so many field elements. The other limbs must be zero.
    /// </summary>
    public void Public(Cell cell, int limbs) => Append(Operation.Public, [cell], [], [limbs, list.PublicCount, (int)cell.Type], "public value");

    /// <summary>Makes the circuit a step of histories, from one carry to the next; no public values go with it.</summary>
    /// <param name="before">The carry before the step: a block.</param>
    /// <param name="after">The carry after it: a block.</param>
    public void History(Cell before, Cell after) => Append(Operation.History, [before, after], [], [], "step of a history");

    /// <summary>Names cells whose values the executor reports; no constraint.</summary>
    public void Output(string name, ReadOnlySpan<Cell> cells) => outputs.Add(new(name, [.. cells]));

    /// <summary>Freezes the circuit. The builder must not be used afterwards.</summary>
    /// <param name="least">Tables that the circuit has whether or not it uses them, and log₂ of the rows they have at least: circuits of one shape differ in what stands in their tables only.</param>
    public Circuit Build(IReadOnlyDictionary<Chip, int>? least = null)
    {
        var (circuit, fault) = list.Freeze([.. marks], [.. names], [.. outputs], least ?? ImmutableDictionary<Chip, int>.Empty);
        return circuit ?? throw new InvalidOperationException("compiler bug: " + fault);
    }

    private Cell Constant(CellType type, ReadOnlySpan<KoalaBear> limbs)
    {
        Span<int> parameters = stackalloc int[1 + Cells.Limbs];
        parameters[0] = (int)type;
        for (var i = 0; i < Cells.Limbs; i++)
            parameters[1 + i] = (int)limbs[i].Canonical;
        var current = mark;
        mark = 0; // a constant is shared by all who use it
        var cell = Append(Operation.Constant, [], [], parameters, "constant")[0];
        mark = current;
        return cell;
    }

    /// <summary>Appends an instruction; a result given must equal that cell, one that is null is a new cell.</summary>
    private ImmutableArray<Cell> Append(
        Operation operation, ReadOnlySpan<Cell> reads, ReadOnlySpan<Cell?> results, ReadOnlySpan<int> parameters, string name)
    {
        Span<int> readAddresses = stackalloc int[reads.Length];
        for (var i = 0; i < reads.Length; i++)
            readAddresses[i] = reads[i].Address;
        Span<int> bindings = stackalloc int[results.Length];
        for (var i = 0; i < results.Length; i++)
            bindings[i] = results[i] is { } cell ? ~cell.Address : 0;
        var first = list.CellCount;
        if (list.Append(operation, readAddresses, bindings, parameters, mark, NumberOf(name)) is { } fault)
            throw new InvalidOperationException($"compiler bug: {operation}: {fault}");
        if (results.IsEmpty)
        {
            var cells = ImmutableArray.CreateBuilder<Cell>(list.CellCount - first);
            for (var address = first; address < list.CellCount; address++)
                cells.Add(new(address, list.TypeOf(address)));
            return cells.MoveToImmutable();
        }

        var bound = ImmutableArray.CreateBuilder<Cell>(results.Length);
        foreach (var result in results)
            bound.Add(result ?? new(first, list.TypeOf(first++)));
        return bound.MoveToImmutable();
    }

    private int NumberOf(string name)
    {
        if (!nameNumbers.TryGetValue(name, out var number))
        {
            number = names.Count;
            names.Add(name);
            nameNumbers.Add(name, number);
        }

        return number;
    }
}
