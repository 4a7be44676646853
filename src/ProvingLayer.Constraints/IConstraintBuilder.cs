using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints;

/// <summary>
/// What a chip writes its constraints to, about one row. Implemented by every reader of the text: the degree counter, the checker, the
/// prover (16 rows at a time) and the verifier (one point).
/// </summary>
/// <typeparam name="T">The algebra in which the reader evaluates.</typeparam>
public interface IConstraintBuilder<T>
    where T : struct, IRing<T>
{
    /// <summary>
    /// The number of the instance this row belongs to, the first value of every message about a cell; the constant 0 where a proof holds one
    /// instance only.
    /// </summary>
    T Instance { get; }

    /// <summary>The row's value in a main column.</summary>
    T Main(int column);

    /// <summary>The row's value in a preprocessed column.</summary>
    T Preprocessed(int column);

    /// <summary>The next row's value in a preprocessed column (the first row's on the last row).</summary>
    T PreprocessedNext(int column);

    /// <summary>The value must be zero on every row.</summary>
    void AssertZero(T value, string name);

    /// <summary>Adds <paramref name="multiplicity"/> copies of a message to a bus.</summary>
    void Send(Bus bus, MultiplicityKind kind, T multiplicity, scoped ReadOnlySpan<T> values, string name);

    /// <summary>Takes <paramref name="multiplicity"/> copies of a message from a bus.</summary>
    void Receive(Bus bus, MultiplicityKind kind, T multiplicity, scoped ReadOnlySpan<T> values, string name);
}
