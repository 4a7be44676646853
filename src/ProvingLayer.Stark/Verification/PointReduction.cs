using ProvingLayer.Algebra;
using ProvingLayer.Stark.Protocol;

namespace ProvingLayer.Stark.Verification;

/// <summary>
/// The reduced words at a query: Σ γ^e (f(x) − f(z)) / (x − z) over the matrices of one length, their points and columns, e running on without repeat.
/// Everything that does not depend on x is computed once.
/// </summary>
internal sealed class PointReduction<TEngine, TValue, TDigest, TRow, TIndex>
    where TEngine : IVerifierEngine<TValue, TDigest, TRow, TIndex>
    where TValue : struct, IRing<TValue>
{
    private readonly TEngine engine;
    private readonly ProofShape shape;
    private readonly SortedDictionary<int, List<Group>> lengths = []; // by log₂ of the codeword's length

    public PointReduction(TEngine engine, ProofShape shape, TValue point, ReadOnlySpan<TValue> opened, TValue challenge)
    {
        this.engine = engine;
        this.shape = shape;
        foreach (var logDomain in shape.DomainsPresent())
        {
            var groups = new List<Group>();
            var power = TValue.One;
            foreach (var matrix in shape.MatricesOn(logDomain))
            {
                for (var i = 0; i < matrix.Points.Length; i++)
                {
                    var name = matrix.PointOf(i);
                    var group = groups.Find(candidate => candidate.Name == name);
                    if (group is null)
                        groups.Add(group = new(name, name.Of(point)));
                    var factors = new TValue[matrix.Width];
                    for (var column = 0; column < factors.Length; column++)
                    {
                        factors[column] = power;
                        group.Opened += power * opened[matrix.FirstValueAt(i) + column];
                        power *= challenge;
                    }

                    group.Terms.Add((matrix, factors));
                }
            }

            lengths.Add(logDomain, groups);
        }
    }

    /// <summary>The word on 2^<paramref name="logDomain"/> points at the query's index.</summary>
    /// <param name="logDomain">log₂ of the codewords' length.</param>
    /// <param name="rows">The opened rows, by commitment.</param>
    /// <param name="index">The query's index.</param>
    public TValue WordAt(int logDomain, IReadOnlyList<TRow>[] rows, TIndex index)
    {
        // x = 3·ω^rev(i), i the index on this length.
        var x = TValue.Scale(
            engine.ReversedPower(KoalaBear.TwoAdicRoot(logDomain), index, shape.LogDomain - logDomain, logDomain), KoalaBear.Generator);
        var word = TValue.Zero;
        foreach (var group in lengths[logDomain])
        {
            var sum = -group.Opened;
            foreach (var (matrix, factors) in group.Terms)
                sum += engine.Combine(rows[matrix.Commitment][matrix.Position], factors);
            word += sum * engine.Inverse(x - group.Point, VerificationError.PointInDomain);
        }

        return word;
    }

    /// <summary>Terms that share a point.</summary>
    private sealed class Group(PointName name, TValue point)
    {
        public PointName Name { get; } = name;

        public TValue Point { get; } = point;

        /// <summary>Σ γ^e f(z).</summary>
        public TValue Opened { get; set; } = TValue.Zero;

        public List<(CommittedMatrix Matrix, TValue[] Factors)> Terms { get; } = [];
    }
}
