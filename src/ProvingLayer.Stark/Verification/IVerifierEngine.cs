using ProvingLayer.Algebra;
using ProvingLayer.Stark.Commitments;

namespace ProvingLayer.Stark.Verification;

/// <summary>
/// What the verifier's text is written over. The native engine computes and keeps the first error; a circuit engine emits instructions. The
/// text's loops depend on the shape alone; what depends on data (pruned paths, early rejection) is behind these operations.
/// </summary>
/// <typeparam name="TValue">An element of the extension.</typeparam>
/// <typeparam name="TDigest">A digest.</typeparam>
/// <typeparam name="TOpening">The rows of a commitment that one query opens.</typeparam>
/// <typeparam name="TIndex">A query index, as bits.</typeparam>
internal interface IVerifierEngine<TValue, TDigest, TOpening, TIndex>
    where TValue : struct, IRing<TValue>
{
    /// <summary>Whether an assertion has failed and the text may stop; never for an engine that only writes down what is to be checked.</summary>
    bool HasRejected { get; }

    /// <summary>Absorbs what the shape and the statement determine.</summary>
    void AbsorbHeader();

    /// <summary>The public values.</summary>
    ReadOnlySpan<TValue> PublicValues { get; }

    /// <summary>One of the key's commitments to preprocessed columns.</summary>
    TDigest PreprocessedRoot(int group);

    /// <summary>Takes the next digest from the proof and absorbs it.</summary>
    TDigest ReceiveDigest();

    /// <summary>Takes elements of the extension from the proof and absorbs them.</summary>
    TValue[] ReceiveValues(int count);

    /// <summary>Takes a nonce from the proof, absorbs it, and asserts that the low bits of the element squeezed next are zero.</summary>
    void ReceiveNonce(int bits);

    /// <summary>A challenge.</summary>
    TValue DrawValue();

    /// <summary>The query indices.</summary>
    TIndex[] DrawIndices(int count, int bits);

    /// <summary>A constant.</summary>
    TValue Constant(Extension5 value);

    /// <summary>The inverse; zero is a rejection.</summary>
    TValue Inverse(TValue value, VerificationError whenZero);

    void AssertNonZero(TValue value, VerificationError error, string what);

    void AssertEqual(TValue left, TValue right, VerificationError error, string what);

    /// <summary>The rows of a commitment at (index >> shift); asserts that they lie under the root.</summary>
    /// <param name="commitment">Its number in the proof's list of openings.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="root">Its root.</param>
    /// <param name="query">The query's number.</param>
    /// <param name="index">The query's index.</param>
    /// <param name="shift">Low bits of the index that this commitment does not see.</param>
    TOpening Open(int commitment, MerkleShape shape, TDigest root, int query, TIndex index, int shift);

    /// <summary>Σ vⱼ·xʲ over a part of an opened row.</summary>
    TValue Combine(TOpening opening, MerkleShape shape, RowPart part, TValue point);

    /// <summary>
    /// One fold. The opening's row holds f₀ … f_(k−1), five base elements each: the values at ω^rev(m) of a polynomial p of degree below k, ω of order k. With m₀ the log k
    /// bits of the index from the shift on: f_(m₀), and p(u·ω^rev(m₀)). The query's own point x is c·ω^rev(m₀) for the coset's c; so u = β/x gives the fold at β.
    /// </summary>
    (TValue Selected, TValue Folded) Fold(TOpening opening, TIndex index, int shift, TValue u);

    /// <summary>root^rev(i), i the lowest <paramref name="bits"/> bits of the index, rev their reversal.</summary>
    TValue ReversedPower(KoalaBear root, TIndex index, int bits);
}

/// <summary>Columns that stand side by side in the concatenated row of one length.</summary>
/// <param name="Level">Where the row enters its tree.</param>
/// <param name="Start">The first column.</param>
/// <param name="Width">How many.</param>
internal readonly record struct RowPart(int Level, int Start, int Width);
