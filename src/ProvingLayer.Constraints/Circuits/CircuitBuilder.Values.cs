using System.Collections.Immutable;
using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>Values: arithmetic in the extension and booleans, one row each.</summary>
public sealed partial class CircuitBuilder
{
    /// <summary>k₀·a·b + k₁·a + k₂·b + k₃·c + k₄.</summary>
    public Cell Arithmetic(Combination combination, Cell a, Cell b, Cell c) => Combine(combination, a, b, c, null, "arithmetic");

    /// <summary>Asserts that the combination of a, b, c is d.</summary>
    public void AssertArithmetic(Combination combination, Cell a, Cell b, Cell c, Cell d, string name) => Combine(combination, a, b, c, d, name);

    /// <summary>a·b + c.</summary>
    public Cell MulAdd(Cell a, Cell b, Cell c) => Combine(Combination.MultiplyAdd, a, b, c, null, "a·b + c");

    /// <summary>Asserts a·b + c = d.</summary>
    public void AssertMulAdd(Cell a, Cell b, Cell c, Cell d, string name) => Combine(Combination.MultiplyAdd, a, b, c, d, name);

    /// <summary>a ∧ b of two booleans.</summary>
    public Cell And(Cell a, Cell b) => Connective(new(1, 0, 0, 0, 0), a, b, "and");

    /// <summary>a ∨ b = a + b − a·b of two booleans.</summary>
    public Cell Or(Cell a, Cell b) => Connective(new(-1, 1, 1, 0, 0), a, b, "or");

    /// <summary>a ⊕ b = a + b − 2·a·b of two booleans.</summary>
    public Cell Xor(Cell a, Cell b) => Connective(new(-2, 1, 1, 0, 0), a, b, "exclusive or");

    /// <summary>a ∧ ¬b = a − a·b of two booleans.</summary>
    public Cell AndNot(Cell a, Cell b) => Connective(new(-1, 1, 0, 0, 0), a, b, "and not");

    /// <summary>1 − a of a boolean.</summary>
    public Cell Not(Cell a) => Connective(new(0, -1, 0, 0, 1), a, a, "not");

    /// <summary>Asserts that the value is 0 or 1; no row where it is known to be.</summary>
    public void AssertBoolean(Cell value, string name)
    {
        if (booleans.Add(value.Address))
            Combine(new(1, -1, 0, 0, 0), value, value, value, Zero, name); // v·v − v = 0, in a field
    }

    /// <summary>Asserts that the value is 1.</summary>
    public void AssertTrue(Cell value, string name) => Combine(new(0, 1, 0, 0, 0), value, value, value, One, name);

    /// <summary>Asserts that the value is 0.</summary>
    public void AssertZero(Cell value, string name) => Combine(new(0, 1, 0, 0, 0), value, value, value, Zero, name);

    /// <summary>Asserts that the value is not 0; costs an advice and a row.</summary>
    public void AssertNotZero(Cell value, string name)
    {
        var inverse = Advise(AdviceKind.InverseOrZero, [value], [CellType.Value], [])[0];
        AssertMulAdd(value, inverse, Zero, One, name);
    }

    /// <summary>The eight values whose limbs are the elements of five blocks.</summary>
    public ImmutableArray<Cell> Regroup(ReadOnlySpan<Cell> blocks) => Append(Operation.Regroup, blocks, [], [], "values of blocks");

    /// <summary>a·x³² + Σ vᵢxⁱ over the 32 elements of four blocks.</summary>
    /// <param name="accumulator">a.</param>
    /// <param name="point">x.</param>
    /// <param name="blocks">Four blocks.</param>
    public Cell Horner(Cell accumulator, Cell point, ReadOnlySpan<Cell> blocks) => Append(Operation.Horner, [accumulator, point, .. blocks], [], [], "Horner's rule")[0];

    /// <summary>One fold of FRI by eight: <see cref="Operation.Fold"/>.</summary>
    /// <param name="row">Five blocks: the limbs of eight values.</param>
    /// <param name="point">u.</param>
    /// <param name="bits">Three booleans, asserted to be such where they are not known to be: k, the lowest bit first.</param>
    /// <param name="name">What fails when the selected value is another.</param>
    /// <param name="selectedIs">The value that the selected one must be, if given.</param>
    public (Cell Selected, Cell Folded) Fold(ReadOnlySpan<Cell> row, Cell point, ReadOnlySpan<Cell> bits, Cell? selectedIs = null, string name = "fold")
    {
        foreach (var bit in bits)
            AssertBoolean(bit, "bit of a fold");
        var results = Append(Operation.Fold, [.. row, point, .. bits], [selectedIs, null], [], name);
        return (results[0], results[1]);
    }

    private Cell Connective(Combination combination, Cell a, Cell b, string name)
    {
        var result = Combine(combination, a, b, a, null, name);
        if (booleans.Contains(a.Address) && booleans.Contains(b.Address))
            booleans.Add(result.Address);
        return result;
    }

    private Cell Combine(Combination combination, Cell a, Cell b, Cell c, Cell? d, string name)
    {
        Span<int> coefficients = [Integer(combination.Product), Integer(combination.A), Integer(combination.B), Integer(combination.C), Integer(combination.Constant)];
        return Append(Operation.Arithmetic, [a, b, c], [d], coefficients, name)[0];
    }

    private static int Integer(KoalaBear value) => (int)value.Canonical;
}

/// <summary>The coefficients of one row of arithmetic: Product·a·b + A·a + B·b + C·c + Constant.</summary>
/// <param name="Product">Of a·b.</param>
/// <param name="A">Of a.</param>
/// <param name="B">Of b.</param>
/// <param name="C">Of c.</param>
/// <param name="Constant">Added.</param>
public readonly record struct Combination(KoalaBear Product, KoalaBear A, KoalaBear B, KoalaBear C, KoalaBear Constant)
{
    /// <summary>The combination with small integer coefficients.</summary>
    public Combination(int product, int a, int b, int c, int constant)
        : this(Element(product), Element(a), Element(b), Element(c), Element(constant))
    {
    }

    /// <summary>a·b + c.</summary>
    public static Combination MultiplyAdd { get; } = new(1, 0, 0, 1, 0);

    /// <summary>a + b.</summary>
    public static Combination Sum { get; } = new(0, 1, 1, 0, 0);

    /// <summary>a − b.</summary>
    public static Combination Difference { get; } = new(0, 1, -1, 0, 0);

    private static KoalaBear Element(int value) =>
        value < 0 ? -KoalaBear.FromCanonical((uint)-value) : KoalaBear.FromCanonical((uint)value);
}
