using ProvingLayer.Algebra;
using ProvingLayer.Stark.Hiding;
using ProvingLayer.Stark.Tests.Soundness;

namespace ProvingLayer.Stark.Tests.Hiding;

/// <summary>Bits that a test can repeat.</summary>
internal sealed class SeededRandomness(int seed) : FieldRandomness
{
    private readonly Random random = new(seed);

    protected override void FillBits(Span<byte> bits) => random.NextBytes(bits);
}

/// <summary>All bits zero: what a proof would be without randomness.</summary>
internal sealed class NoRandomness : FieldRandomness
{
    protected override void FillBits(Span<byte> bits) => bits.Clear();
}

/// <summary>Honest, with the randomness of a test's choice.</summary>
internal sealed class Drawing(FieldRandomness randomness) : Lenient
{
    public override FieldRandomness Randomness() => randomness;
}

/// <summary>Random in all but one thing: keeps what was drawn for each matrix.</summary>
internal sealed class KeepsBlinding : Lenient
{
    public Dictionary<(Protocol.InputTree Tree, int Table), Matrix> Drawn { get; } = [];

    public override Matrix OnBlinding(Protocol.InputTree tree, int table, Matrix coefficients)
    {
        Drawn[(tree, table)] = coefficients;
        return coefficients;
    }
}
