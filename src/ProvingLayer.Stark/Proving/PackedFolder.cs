using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Stark.LogUp;

namespace ProvingLayer.Stark.Proving;

/// <summary>Reads a chip on sixteen rows: folds its constraints with weights, and keeps its messages as fractions.</summary>
internal ref struct PackedFolder : IConstraintBuilder<PackedKoalaBear>, IConstraintFolder<PackedExtension5>
{
    private int nextWeight;
    private int nextFraction;

    public required ReadOnlySpan<PackedKoalaBear> MainRow { get; init; }

    public required ReadOnlySpan<PackedKoalaBear> PreprocessedRow { get; init; }

    public required ReadOnlySpan<PackedKoalaBear> PreprocessedNextRow { get; init; }

    public required PackedKoalaBear Instance { get; init; }

    public required Fingerprint<PackedExtension5> Fingerprint { get; init; }

    /// <summary>Powers of the constraint challenge; empty where only the messages are wanted.</summary>
    public required ReadOnlySpan<PackedExtension5> Weights { get; init; }

    public required Span<PackedKoalaBear> Numerators { get; init; }

    public required Span<PackedExtension5> Denominators { get; init; }

    /// <summary>The folded constraints.</summary>
    public PackedExtension5 Folded { get; private set; }

    public readonly PackedKoalaBear Main(int column) => MainRow[column];

    public readonly PackedKoalaBear Preprocessed(int column) => PreprocessedRow[column];

    public readonly PackedKoalaBear PreprocessedNext(int column) => PreprocessedNextRow[column];

    public void AssertZero(PackedKoalaBear value, string name)
    {
        if (!Weights.IsEmpty)
            Folded += Weights[nextWeight++] * value;
    }

    public void AssertZeroExtension(PackedExtension5 value) => Folded += Weights[nextWeight++] * value;

    public void Send(Bus bus, MultiplicityKind kind, PackedKoalaBear multiplicity, scoped ReadOnlySpan<PackedKoalaBear> values, string name) =>
        Add(bus, multiplicity, values);

    public void Receive(Bus bus, MultiplicityKind kind, PackedKoalaBear multiplicity, scoped ReadOnlySpan<PackedKoalaBear> values, string name) =>
        Add(bus, -multiplicity, values);

    private void Add(Bus bus, PackedKoalaBear numerator, scoped ReadOnlySpan<PackedKoalaBear> values)
    {
        Numerators[nextFraction] = numerator;
        Denominators[nextFraction++] = Fingerprint.Of<PackedKoalaBear, PackedAlgebra>(bus, values);
    }
}
