using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Execution;

/// <summary>What a proof of a history states: that n steps lead from one carry to another.</summary>
/// <param name="From">The carry before the first step.</param>
/// <param name="To">The carry after the last one.</param>
/// <param name="Steps">n, at least 1.</param>
public readonly record struct HistoryBoundary(Digest From, Digest To, int Steps)
{
    /// <summary>Field elements: both carries and n.</summary>
    public const int Elements = (2 * Digest.Length) + 1;

    /// <summary>As the verifier's public values: from, to, n.</summary>
    public KoalaBear[] ToPublicValues() => [.. From.AsSpan(), .. To.AsSpan(), KoalaBear.FromCanonical((uint)Steps)];

    /// <summary>The boundary that public values say; false if they are not as many or n is 0.</summary>
    public static bool TryRead(ReadOnlySpan<KoalaBear> values, out HistoryBoundary boundary)
    {
        boundary = default;
        if (values.Length != Elements || values[^1].IsZero)
            return false;
        boundary = new(new(values[..Digest.Length]), new(values.Slice(Digest.Length, Digest.Length)), (int)values[^1].Canonical);
        return true;
    }
}
