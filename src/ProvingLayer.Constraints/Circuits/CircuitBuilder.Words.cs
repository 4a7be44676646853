using System.Collections.Immutable;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>
/// Words and blocks. Where a result is given (<c>…Is</c>) it is asserted to equal that cell in the same row; a result that nobody reads costs nothing.
/// </summary>
public sealed partial class CircuitBuilder
{
    /// <summary>a + b + carry mod 2^128 and whether it reaches 2^128. The row asserts that the carry in is boolean.</summary>
    public (Cell Sum, Cell Carry) Add(
        Cell a, Cell b, Cell? carryIn = null, Cell? sumIs = null, Cell? carryIs = null, string name = "sum") =>
        SumRow(Operation.Add, a, b, carryIn, sumIs, carryIs, name);

    /// <summary>a − b − borrow mod 2^128 and whether it is negative. The row asserts that the borrow in is boolean.</summary>
    public (Cell Difference, Cell Borrow) Subtract(
        Cell a, Cell b, Cell? borrowIn = null, Cell? differenceIs = null, Cell? borrowIs = null, string name = "difference") =>
        SumRow(Operation.Subtract, a, b, borrowIn, differenceIs, borrowIs, name);

    /// <summary>Whether a − borrow &lt; b.</summary>
    public Cell Less(Cell a, Cell b, Cell? borrowIn = null) => Subtract(a, b, borrowIn, name: "less").Borrow;

    /// <summary>Asserts a &lt; b.</summary>
    public void AssertLess(Cell a, Cell b, string name) => Subtract(a, b, borrowIs: One, name: name);

    /// <summary>Asserts a ≤ b.</summary>
    public void AssertAtMost(Cell a, Cell b, string name) => Subtract(b, a, borrowIs: Zero, name: name);

    /// <summary>The two words of a·b + e + f, which always fits.</summary>
    public (Cell High, Cell Low) MultiplyAdd(
        Cell a, Cell b, Cell? e = null, Cell? f = null, Cell? highIs = null, Cell? lowIs = null, string name = "product")
    {
        var results = Append(Operation.Multiply, [a, b, e ?? ZeroWord, f ?? ZeroWord], [highIs, lowIs], [], name);
        return (results[0], results[1]);
    }

    /// <summary>
    /// One of two cells of a type by a boolean, which is asserted to be one. A row for words or blocks; two of arithmetic for values.
    /// </summary>
    public Cell Select(Cell condition, Cell whenTrue, Cell whenFalse, Cell? resultIs = null, string name = "selection")
    {
        if (whenTrue.Type != CellType.Value)
        {
            booleans.Add(condition.Address);
            return Append(Operation.Select, [condition, whenTrue, whenFalse], [resultIs], [], name)[0];
        }

        AssertBoolean(condition, name);
        var difference = Combine(Combination.Difference, whenTrue, whenFalse, whenTrue, null, name);
        var result = Combine(Combination.MultiplyAdd, condition, difference, whenFalse, resultIs, name);
        if (booleans.Contains(whenTrue.Address) && booleans.Contains(whenFalse.Address))
            booleans.Add(result.Address);
        return result;
    }

    /// <summary>Whether two words or two blocks are equal, as a boolean.</summary>
    public Cell Equal(Cell a, Cell b) => Boolean(Append(Operation.Equal, [a, b], [null], [], "equality")[0]);

    /// <summary>Asserts that two cells of a type are equal, whatever the type.</summary>
    public void AssertEqual(Cell a, Cell b, string name)
    {
        if (a.Type == CellType.Value)
            Combine(new(0, 1, 0, 0, 0), a, a, a, b, name);
        else
            Append(Operation.Select, [One, a, a], [b], [], name);
    }

    /// <summary>
    /// The word with the first <paramref name="limbs"/> limbs of <paramref name="low"/> and above them those of <paramref name="high"/>. The
    /// other limbs of low and the last of high, which would leave, are asserted to be zero.
    /// </summary>
    /// <param name="low">The low part.</param>
    /// <param name="high">The high part.</param>
    /// <param name="limbs">1 … 7.</param>
    /// <param name="resultIs">The word it must be, if given.</param>
    /// <param name="name">What fails when it does.</param>
    public Cell Pack(Cell low, Cell high, int limbs, Cell? resultIs = null, string name = "packing") =>
        Append(Operation.Pack, [low, high], [resultIs], [limbs], name)[0];

    /// <summary>Asserts that a word has at most so many limbs, 1 … 7: that it is below 2^(16·limbs).</summary>
    public void AssertLimbs(Cell word, int limbs, string name) => Pack(word, ZeroWord, limbs, name: name);

    /// <summary>The first limbs of a word and the others, both words: advice and one row.</summary>
    public (Cell Low, Cell High) Split(Cell word, int limbs, string name = "split")
    {
        var parts = Advise(AdviceKind.Split, [word], [CellType.Word, CellType.Word], [limbs]);
        Pack(parts[0], parts[1], limbs, word, name);
        return (parts[0], parts[1]);
    }

    /// <summary>The word 0 or 1 of a boolean.</summary>
    public Cell ToWord(Cell boolean) => Select(boolean, ConstantWord(1), ZeroWord, name: "boolean as a word");

    /// <summary>The lowest bits of the canonical integer of a base element, 1 … 31 of them; the others are not constrained.</summary>
    public ImmutableArray<Cell> Bits(Cell value, int count)
    {
        var bits = Append(Operation.Bits, [value], [], [count], "bits");
        foreach (var bit in bits)
            booleans.Add(bit.Address);
        return bits;
    }

    /// <summary>The eight limbs of a block, as values.</summary>
    /// <param name="block">The block.</param>
    /// <param name="limbs">How many of them are wanted, from the first on; the others are asserted to be zero.</param>
    /// <param name="name">What fails when they are not.</param>
    public ImmutableArray<Cell> Spread(Cell block, int limbs = Cells.Limbs, string name = "limbs of a block")
    {
        Span<Cell?> results = new Cell?[Cells.Limbs];
        if (limbs < Cells.Limbs)
            results[limbs..].Fill(Zero);
        return Append(Operation.Spread, [block], results, [], name)[..limbs];
    }

    /// <summary>The block of eight values, which are asserted to be base elements.</summary>
    public Cell Join(ReadOnlySpan<Cell> limbs, string name = "block of limbs") => Append(Operation.Join, limbs, [null], [], name)[0];

    /// <summary>One permutation of rate ‖ capacity under the circuit's suite.</summary>
    /// <param name="rate">A block or a word.</param>
    /// <param name="capacity">A block.</param>
    /// <param name="rateIs">The block the new rate must be, if given.</param>
    /// <param name="capacityIs">The block the new capacity must be, if given.</param>
    /// <param name="name">What fails when it does.</param>
    public (Cell Rate, Cell Capacity) Permute(
        Cell rate, Cell capacity, Cell? rateIs = null, Cell? capacityIs = null, string name = "permutation")
    {
        var results = Append(permutation, [rate, capacity], [rateIs, capacityIs], [], name);
        return (results[0], results[1]);
    }

    /// <summary>One permutation of rate ‖ capacity whose rate is an input: nothing but the new state binds it.</summary>
    /// <param name="slot">The input slot of the rate, a block.</param>
    /// <param name="capacity">A block.</param>
    /// <param name="name">What fails when it does.</param>
    public (Cell Rate, Cell Capacity, Cell Absorbed) Absorb(int slot, Cell capacity, string name = "absorption")
    {
        var results = Append(absorption, [capacity], [], [slot], name);
        return (results[0], results[1], results[2]);
    }

    /// <summary>P(left ‖ right)[0..8], the compression of two digests.</summary>
    /// <param name="left">A block.</param>
    /// <param name="right">A block.</param>
    /// <param name="resultIs">The block the result must be, if given.</param>
    /// <param name="name">What fails when it is not.</param>
    public Cell Compress(Cell left, Cell right, Cell? resultIs = null, string name = "compression") => Permute(left, right, resultIs, name: name).Rate;

    /// <summary>
    /// One level of a Merkle path whose sibling is an input: the compression of the node with it, the node on the right where the position is odd.
    /// </summary>
    /// <param name="node">A block.</param>
    /// <param name="position">A value.</param>
    /// <param name="slot">The input slot of the sibling, a block; nothing but the parent binds it.</param>
    /// <param name="nextIs">The value the next position must be, if given.</param>
    /// <param name="parentIs">The block the parent must be, if given.</param>
    /// <param name="name">What fails when it does.</param>
    public (Cell Parent, Cell Next, Cell Sibling) MerkleStep(
        Cell node, Cell position, int slot, Cell? nextIs = null, Cell? parentIs = null, string name = "path")
    {
        var results = Append(merkleStep, [node, position], [parentIs, nextIs, null], [slot], name);
        return (results[0], results[1], results[2]);
    }

    /// <summary>The same level of a path with another node: position, next position and sibling are those of the first.</summary>
    public Cell MerkleStep(Cell node, Cell position, Cell next, Cell sibling, string name = "path") =>
        MerkleStepBeside(node, position, sibling, next, name).Parent;

    /// <summary>One level of a path beside a sibling that is a cell written before.</summary>
    /// <param name="node">A block.</param>
    /// <param name="position">A value.</param>
    /// <param name="sibling">A block.</param>
    /// <param name="nextIs">The value the next position must be, if given.</param>
    /// <param name="name">What fails when it does.</param>
    public (Cell Parent, Cell Next) MerkleStepBeside(Cell node, Cell position, Cell sibling, Cell? nextIs = null, string name = "path")
    {
        var results = Append(merkleStep, [node, position, sibling], [null, nextIs], [], name);
        return (results[0], results[1]);
    }

    /// <summary>The limbs of a word, eight values.</summary>
    public ImmutableArray<Cell> Unpack(Cell word) => Append(Operation.Unpack, [word], [], [], "limbs");

    /// <summary>The sixteen bytes of a word as values, the lowest first: one row.</summary>
    public ImmutableArray<Cell> SplitBytes(Cell word) => Append(Operation.SplitBytes, [word], [], [], "bytes of a word");

    /// <summary>The word of sixteen values, the first lowest, which are asserted to be bytes: one row.</summary>
    public Cell JoinBytes(ReadOnlySpan<Cell> bytes, string name = "word of bytes") => Append(Operation.JoinBytes, bytes, [null], [], name)[0];

    private (Cell, Cell) SumRow(Operation operation, Cell a, Cell b, Cell? carryIn, Cell? resultIs, Cell? carryIs, string name)
    {
        var carry = carryIn ?? Zero;
        booleans.Add(carry.Address);
        var results = Append(operation, [a, b, carry], [resultIs, carryIs], [], name);
        return (results[0], Boolean(results[1]));
    }

    private Cell Boolean(Cell cell)
    {
        booleans.Add(cell.Address);
        return cell;
    }
}
