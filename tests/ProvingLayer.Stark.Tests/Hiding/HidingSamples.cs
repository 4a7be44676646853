using System.Numerics;
using ProvingLayer.Algebra;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Tests.Soundness;

namespace ProvingLayer.Stark.Tests.Hiding;

/// <summary>Bits that a test can repeat.</summary>
internal sealed class SeededRandomness(int seed) : FieldRandomness
{
    private readonly Random random = new(seed);

    protected override void FillBits(Span<byte> bits) => random.NextBytes(bits);
}

/// <summary>Random salts and nothing else: every polynomial is what it would be without hiding.</summary>
internal sealed class OnlySalts(int seed) : FieldRandomness
{
    private readonly SeededRandomness salts = new(seed);

    public override Matrix Matrix(int height, int width) =>
        AreSalts(height, width) ? salts.Matrix(height, width) : new(height, width);

    /// <summary>Salts are told by their shape: nothing else that is drawn has four columns and rows by a power of two.</summary>
    public static bool AreSalts(int height, int width) => width == BlindingCounts.SaltWidth && BitOperations.IsPow2(height);
}

/// <summary>Honest, with the randomness of a test's choice.</summary>
internal sealed class Drawing(FieldRandomness randomness) : Lenient
{
    public override FieldRandomness Randomness() => randomness;
}

/// <summary>Blinds one matrix with more coefficients than it may.</summary>
internal sealed class HighDegree(CommittedMatrix matrix, int coefficients) : Lenient
{
    public override Matrix OnBlinding(CommittedMatrix of, Matrix blinding)
    {
        if ((of.Tree, of.Position) != (matrix.Tree, matrix.Position))
            return blinding;
        var higher = new Matrix(coefficients, blinding.Width);
        blinding.Data.CopyTo(higher.Data, 0);
        higher.Row(coefficients - 1).Fill(KoalaBear.One);
        return higher;
    }
}

/// <summary>Puts another mask on the last row of one table.</summary>
internal sealed class MaskForger(int table, int column) : Lenient
{
    public override void OnMain(int at, Matrix main)
    {
        if (at == table)
            main[main.Height - 1, column] += KoalaBear.One;
    }
}
