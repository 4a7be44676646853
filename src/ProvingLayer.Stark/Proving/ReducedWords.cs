using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;
using ProvingLayer.Stark.Protocol;

namespace ProvingLayer.Stark.Proving;

/// <summary>
/// The word of one length: Σ γ^e (f(x) − f(z)) / (x − z) over its matrices, points and columns, on x = 3·⟨ω⟩ bit-reversed. e runs on through
/// all terms of the length without repeat: were it to start anew at each matrix, two violations could cancel.
/// </summary>
internal static class ReducedWords
{
    /// <param name="shape">The proof's shape.</param>
    /// <param name="logDomain">log₂ of the length.</param>
    /// <param name="codewords">The extension of a committed matrix.</param>
    /// <param name="zeta">ζ.</param>
    /// <param name="opened">All opened values.</param>
    /// <param name="challenge">γ.</param>
    /// <param name="buffers">Where the word lies.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static Extension5[] Of(
        ProofShape shape,
        int logDomain,
        Func<CommittedMatrix, Matrix> codewords,
        Extension5 zeta,
        ReadOnlySpan<Extension5> opened,
        Extension5 challenge,
        BufferLease buffers,
        CancellationToken cancellation)
    {
        using var scratch = new BufferLease();
        var word = buffers.Zeros<Extension5>(1 << logDomain);
        var domain = ColumnEvaluation.DomainPoints(logDomain, KoalaBear.Generator, RowOrder.BitReversed);

        // Terms that share a point share its differences: Σ γ^e f(x) and Σ γ^e f(z) are summed per point before the division.
        var sums = new Dictionary<PointName, (Extension5[] Word, Extension5 Value)>();
        var power = Extension5.One;
        foreach (var (matrix, point) in shape.TermsOn(logDomain))
        {
            cancellation.ThrowIfCancellationRequested();
            var factors = new Extension5[matrix.Width];
            var (sum, value) = sums.TryGetValue(matrix.PointOf(point), out var found) ? found : (scratch.Zeros<Extension5>(word.Length), Extension5.Zero);
            for (var column = 0; column < factors.Length; column++)
            {
                factors[column] = power;
                value += power * opened[matrix.FirstValueAt(point) + column];
                power *= challenge;
            }

            ColumnEvaluation.AddColumnCombination(codewords(matrix), factors, sum);
            sums[matrix.PointOf(point)] = (sum, value);
        }

        foreach (var (point, (sum, value)) in sums)
        {
            var z = point.Of(zeta);
            Ranges.Run(word.Length, 1 << 10, (from, to) =>
            {
                var inverses = new Extension5[to - from];
                for (var i = from; i < to; i++)
                    inverses[i - from] = -z + domain[i];
                if (!FieldAlgorithms.TryBatchInverse<Extension5>(inverses))
                    throw new InvalidOperationException("compiler bug: the out-of-domain point lies in a domain; that has probability 2^-130");
                for (var i = from; i < to; i++)
                    word[i] += (sum[i] - value) * inverses[i - from];
            }, cancellation);
        }

        return word;
    }
}
