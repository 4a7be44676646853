using ProvingLayer.Algebra;
using ProvingLayer.Stark.Protocol;

namespace ProvingLayer.Stark.Verification;

/// <summary>
/// The reduced words at a query: Σ γ^e (f(x) − f(z)) / (x − z) over the matrices of one length, their points and columns, e running on without repeat.
/// Everything that does not depend on x is computed once; columns that stand side by side in an opened row and follow one another in e are one sum Σ vⱼγʲ.
/// </summary>
internal sealed class PointReduction<TEngine, TValue, TDigest, TOpening, TIndex>
    where TEngine : IVerifierEngine<TValue, TDigest, TOpening, TIndex>
    where TValue : struct, IRing<TValue>
{
    private readonly TEngine engine;
    private readonly ProofShape shape;
    private readonly TValue challenge;
    private readonly Dictionary<int, Length> lengths = []; // by log₂ of the codeword's length

    public PointReduction(TEngine engine, ProofShape shape, TValue point, ReadOnlySpan<TValue> opened, TValue challenge)
    {
        this.engine = engine;
        this.shape = shape;
        this.challenge = challenge;
        foreach (var logDomain in shape.DomainsPresent())
        {
            var length = new Length();
            var power = TValue.One;
            var exponent = 0;
            foreach (var (matrix, i) in shape.TermsOn(logDomain))
            {
                var values = opened.Slice(matrix.FirstValueAt(i), matrix.Width);
                var sum = values[^1];
                for (var column = values.Length - 2; column >= 0; column--)
                    sum = (sum * challenge) + values[column];
                var group = length.GroupOf(matrix.PointOf(i), point);
                group.Opened += power * sum;
                group.Add(matrix.Commitment, PartOf(matrix), exponent, power);
                power *= OpeningPoints.Power(challenge, matrix.Width);
                exponent += matrix.Width;
            }

            length.Number();
            lengths.Add(logDomain, length);
        }
    }

    /// <summary>The word on 2^<paramref name="logDomain"/> points at a query.</summary>
    /// <param name="logDomain">log₂ of the codewords' length.</param>
    /// <param name="openings">What the query opens, by commitment.</param>
    /// <param name="power">ω^rev(i), i the query's index on this length: the codewords' point is x = 3·ω^rev(i).</param>
    public TValue WordAt(int logDomain, ReadOnlySpan<TOpening> openings, TValue power)
    {
        var x = TValue.Scale(power, KoalaBear.Generator);
        var length = lengths[logDomain];
        var sums = new TValue[length.Parts.Count];
        for (var i = 0; i < sums.Length; i++)
        {
            var (commitment, part) = length.Parts[i];
            sums[i] = engine.Combine(openings[commitment], shape.Inputs[commitment].Shape, part, challenge);
        }

        var word = TValue.Zero;
        foreach (var group in length.Groups)
        {
            var sum = -group.Opened;
            foreach (var term in group.Terms)
                sum += term.Power * sums[term.Sum];
            word += sum * engine.Inverse(x - group.Point, VerificationError.PointInDomain);
        }

        return word;
    }

    /// <summary>The matrix's columns in the concatenated row of its length.</summary>
    private RowPart PartOf(CommittedMatrix matrix)
    {
        var tree = shape.Inputs[matrix.Commitment].Shape;
        var level = tree.LevelOf(matrix.Position);
        var start = 0;
        foreach (var other in tree.MatricesAt(level))
        {
            if (other == matrix.Position)
                break;
            start += tree.Matrices[other].Width;
        }

        return new(level, start, matrix.Width);
    }

    /// <summary>The terms of one length, by point.</summary>
    private sealed class Length
    {
        public List<Group> Groups { get; } = [];

        /// <summary>The sums Σ vⱼγʲ that terms are made of; columns that are opened at two points are summed once.</summary>
        public List<(int Commitment, RowPart Part)> Parts { get; } = [];

        public Group GroupOf(PointName name, TValue point)
        {
            var group = Groups.Find(candidate => candidate.Name == name);
            if (group is null)
                Groups.Add(group = new(name, name.Of(point)));
            return group;
        }

        /// <summary>Names the sum of each term, once all are there.</summary>
        public void Number()
        {
            foreach (var term in Groups.SelectMany(group => group.Terms))
            {
                term.Sum = Parts.IndexOf((term.Commitment, term.Part));
                if (term.Sum >= 0)
                    continue;
                term.Sum = Parts.Count;
                Parts.Add((term.Commitment, term.Part));
            }
        }
    }

    /// <summary>Terms that share a point.</summary>
    private sealed class Group(PointName name, TValue point)
    {
        public PointName Name { get; } = name;

        public TValue Point { get; } = point;

        /// <summary>Σ γ^e f(z).</summary>
        public TValue Opened { get; set; } = TValue.Zero;

        public List<Term> Terms { get; } = [];

        /// <summary>Adds the columns of a matrix; those that continue the last term, in the row and in e, become part of it.</summary>
        public void Add(int commitment, RowPart part, int exponent, TValue power)
        {
            if (Terms is [.., var last] && last.Commitment == commitment && last.Part.Start + last.Part.Width == part.Start && last.Exponent + last.Part.Width == exponent)
                last.Part = last.Part with { Width = last.Part.Width + part.Width };
            else
                Terms.Add(new(commitment, exponent, power) { Part = part });
        }
    }

    /// <summary>γ^e·Σ vⱼγʲ over a part of a row.</summary>
    private sealed class Term(int commitment, int exponent, TValue power)
    {
        public int Commitment { get; } = commitment;

        public int Exponent { get; } = exponent;

        /// <summary>γ^e.</summary>
        public TValue Power { get; } = power;

        public RowPart Part { get; set; }

        /// <summary>The number of its sum.</summary>
        public int Sum { get; set; }
    }
}
