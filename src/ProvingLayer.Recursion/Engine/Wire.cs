using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Recursion.Engine;

/// <summary>
/// A value of the verifier's text as a circuit holds it: scale·node + offset, a constant where there is no node. Constants fold; negation, scaling
/// and adding constants cost nothing; a sum or product waits in its node for a third operand, so that a·b + c is one row.
/// </summary>
internal readonly struct Wire : IRing<Wire>
{
    private readonly WireNode? node;
    private readonly KoalaBear scale;
    private readonly Extension5 offset; // a base element where there is a node

    private Wire(WireNode? node, KoalaBear scale, Extension5 offset)
    {
        this.node = node;
        this.scale = scale;
        this.offset = offset;
    }

    public static Wire Zero => default;

    public static Wire One => Constant(Extension5.One);

    /// <summary>The value if it is known when the circuit is written.</summary>
    public Extension5? Known => node is null ? offset : null;

    public static Wire Constant(Extension5 value) => new(null, default, value);

    public static Wire FromBase(KoalaBear value) => Constant(Extension5.FromBase(value));

    public static Wire Of(WireNode node) => new(node, KoalaBear.One, Extension5.Zero);

    public static Wire operator +(Wire left, Wire right)
    {
        if (left.node is null && right.node is null)
            return Constant(left.offset + right.offset);
        if (left.node is null)
            return right + left;
        if (right.node is null)
        {
            if (right.offset.IsBase)
                return new(left.node, left.scale, left.offset + right.offset);
            right = Of(left.node.Rows.ConstantNode(right.offset));
        }

        var constant = (left.offset + right.offset)[0];
        var sum = left.node.IsOpen
            ? left.node.Add(left.scale, right.node!, right.scale, constant)
            : right.node!.IsOpen
                ? right.node.Add(right.scale, left.node, left.scale, constant)
                : new(left.node.Rows, left.node.Cell, right.node.Cell, null, new(KoalaBear.Zero, left.scale, right.scale, KoalaBear.Zero, constant));
        return Of(sum);
    }

    public static Wire operator -(Wire left, Wire right) => left + -right;

    public static Wire operator -(Wire value) => new(value.node, -value.scale, -value.offset);

    public static Wire operator *(Wire left, Wire right)
    {
        if (left.node is null && right.node is null)
            return Constant(left.offset * right.offset);
        if (left.node is null)
            return right * left;
        if (right.node is null)
        {
            if (right.offset.IsBase)
                return Scale(left, right.offset[0]);
            right = Of(left.node.Rows.ConstantNode(right.offset));
        }

        var (a, b) = (left.offset[0], right.offset[0]);
        return Of(new(
            left.node.Rows,
            left.node.Cell,
            right.node!.Cell,
            null,
            new(left.scale * right.scale, left.scale * b, right.scale * a, KoalaBear.Zero, a * b)));
    }

    public static Wire Scale(Wire value, KoalaBear factor) => factor.IsZero ? Zero : new(value.node, value.scale * factor, value.offset * factor);

    /// <summary>The cell that holds the value: it costs a row unless the value is a row's result already.</summary>
    public Constraints.Cell ToCell(WireRows rows)
    {
        if (node is null)
            return rows.ConstantNode(offset).Cell;
        return scale == KoalaBear.One && offset == Extension5.Zero
            ? node.Cell
            : rows.Row(node.Cell, node.Cell, null, new(KoalaBear.Zero, scale, KoalaBear.Zero, KoalaBear.Zero, offset[0]));
    }

    /// <summary>Asserts that the value is zero, in the row that would have computed it.</summary>
    public void AssertZero(WireRows rows, string name)
    {
        if (node is not null)
            node.AssertZero(scale, offset[0], name);
        else if (offset != Extension5.Zero)
            rows.Refuse(name);
    }
}

/// <summary>
/// k₀·a·b + k₁·a + k₂·b + k₃·c + k₄, a row that has not been written yet. Open while there is no c: a sum may still take it in. A node that is read
/// is written once; one that is taken into others only, never.
/// </summary>
internal sealed class WireNode(WireRows rows, Constraints.Cell a, Constraints.Cell b, Constraints.Cell? c, Combination combination)
{
    private Constraints.Cell? cell;

    public WireRows Rows { get; } = rows;

    public bool IsOpen => cell is null && c is null;

    public Constraints.Cell Cell => cell ??= Rows.Row(a, b, c, combination);

    public static WireNode Of(WireRows rows, Constraints.Cell cell) => new(rows, cell, cell, null, default) { cell = cell };

    /// <summary>scale·this + otherScale·other + constant; this is open.</summary>
    public WireNode Add(KoalaBear scale, WireNode other, KoalaBear otherScale, KoalaBear constant) =>
        new(Rows, a, b, other.Cell, Scaled(scale, constant) with { C = otherScale });

    public void AssertZero(KoalaBear scale, KoalaBear offset, string name)
    {
        if (cell is { } written)
            Rows.Assert(written, written, null, new(KoalaBear.Zero, scale, KoalaBear.Zero, KoalaBear.Zero, offset), name);
        else
            Rows.Assert(a, b, c, Scaled(scale, offset), name);
    }

    private Combination Scaled(KoalaBear scale, KoalaBear constant) => new(
        combination.Product * scale, combination.A * scale, combination.B * scale, combination.C * scale, (combination.Constant * scale) + constant);
}

/// <summary>Writes the rows of wires; rows that say the same are one.</summary>
internal sealed class WireRows(CircuitBuilder builder)
{
    private readonly Dictionary<(int A, int B, int C, Combination Combination), Constraints.Cell> rows = [];
    private readonly Dictionary<Extension5, WireNode> constants = [];

    public CircuitBuilder Builder { get; } = builder;

    /// <summary>Values that are inputs.</summary>
    public Wire[] Inputs(int count, int firstSlot) => [.. Enumerable.Range(firstSlot, count).Select(slot => WireOf(Builder.Input(Constraints.CellType.Value, slot)))];

    public WireNode ConstantNode(Extension5 value)
    {
        if (!constants.TryGetValue(value, out var node))
            constants.Add(value, node = WireNode.Of(this, Builder.Constant(value)));
        return node;
    }

    public Wire WireOf(Constraints.Cell cell) => Wire.Of(WireNode.Of(this, cell));

    public Constraints.Cell Row(Constraints.Cell a, Constraints.Cell b, Constraints.Cell? c, Combination combination)
    {
        var key = (a.Address, b.Address, c?.Address ?? -1, combination);
        if (!rows.TryGetValue(key, out var result))
            rows.Add(key, result = Builder.Arithmetic(combination, a, b, c ?? a));
        return result;
    }

    public void Assert(Constraints.Cell a, Constraints.Cell b, Constraints.Cell? c, Combination combination, string name) =>
        Builder.AssertArithmetic(combination, a, b, c ?? a, Builder.Zero, name);

    /// <summary>An assertion that no proof can meet: the circuit has no witness.</summary>
    public void Refuse(string name) => Builder.AssertZero(Builder.One, name);
}
