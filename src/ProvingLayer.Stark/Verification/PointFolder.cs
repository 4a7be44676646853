using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Stark.LogUp;

namespace ProvingLayer.Stark.Verification;

/// <summary>Reads a chip at one point: folds its constraints by Horner's rule, and keeps its messages as fractions.</summary>
internal ref struct PointFolder<T> : IConstraintBuilder<T>, IConstraintFolder<T>
    where T : struct, IRing<T>
{
    private int nextFraction;

    public required ReadOnlySpan<T> MainRow { get; init; }

    public required ReadOnlySpan<T> PreprocessedRow { get; init; }

    public required ReadOnlySpan<T> PreprocessedNextRow { get; init; }

    public required T Instance { get; init; }

    public required Fingerprint<T> Fingerprint { get; init; }

    /// <summary>λ.</summary>
    public required T Challenge { get; init; }

    public required Span<T> Numerators { get; init; }

    public required Span<T> Denominators { get; init; }

    /// <summary>The folded constraints.</summary>
    public T Folded { get; private set; }

    public readonly T Main(int column) => MainRow[column];

    public readonly T Preprocessed(int column) => PreprocessedRow[column];

    public readonly T PreprocessedNext(int column) => PreprocessedNextRow[column];

    public void AssertZero(T value, string name) => AssertZeroExtension(value);

    public void AssertZeroExtension(T value) => Folded = (Folded * Challenge) + value;

    public void Send(Bus bus, MultiplicityKind kind, T multiplicity, scoped ReadOnlySpan<T> values, string name) => Add(bus, multiplicity, values);

    public void Receive(Bus bus, MultiplicityKind kind, T multiplicity, scoped ReadOnlySpan<T> values, string name) => Add(bus, -multiplicity, values);

    private void Add(Bus bus, T numerator, scoped ReadOnlySpan<T> values)
    {
        Numerators[nextFraction] = numerator;
        Denominators[nextFraction++] = Fingerprint.Of<T, PointAlgebra<T>>(bus, values);
    }
}
