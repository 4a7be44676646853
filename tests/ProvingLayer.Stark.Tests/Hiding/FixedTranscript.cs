using ProvingLayer.Algebra;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Transcripts;

namespace ProvingLayer.Stark.Tests.Hiding;

/// <summary>
/// The same challenges whatever is absorbed: what differs between two proofs is then what they hold, not where they are opened. Nothing that it leads to
/// is sound.
/// </summary>
internal sealed class FixedTranscript(int seed) : Transcript<Poseidon2>(ProofHeader.TranscriptTag)
{
    private readonly Random random = new(seed);

    /// <summary>The query indices that were drawn.</summary>
    public List<int> Indices { get; } = [];

    public override Extension5 SampleExtension() => new([.. Enumerable.Range(0, Extension5.Degree).Select(_ => KoalaBear.FromCanonical((uint)random.NextInt64(KoalaBear.Modulus)))]);

    public override int SampleBits(int bits)
    {
        Indices.Add(random.Next(1 << bits));
        return Indices[^1];
    }
}

/// <summary>A proof under fixed challenges, by the parts that hiding protects.</summary>
internal sealed class OpenedProof(ProofShape shape, Proof proof, IReadOnlyList<int> indices)
{
    private readonly Dictionary<int, IReadOnlyList<MerkleOpening>> restored = [];

    public Proof Proof => proof;

    public IReadOnlyList<int> Indices => indices;

    /// <summary>The elements of a message.</summary>
    public KoalaBear[] Message(StepName name)
    {
        var start = shape.Steps.TakeWhile(step => step.Name != name).Sum(step => step.SentElements());
        return proof.Messages[start..(start + shape.Steps.First(step => step.Name == name).Count)];
    }

    /// <summary>The value of a column at one of its matrix' points.</summary>
    public Extension5 AtPoint(CommittedMatrix matrix, int point, int column)
    {
        var start = (matrix.FirstValueAt(point) + column) * Extension5.Degree;
        return new(Message(StepName.OpenedValues).AsSpan(start, Extension5.Degree));
    }

    /// <summary>A matrix' row at a query.</summary>
    public KoalaBear[] AtQuery(CommittedMatrix matrix, int query) => Openings(matrix.Commitment)[query].Rows[matrix.Position];

    /// <summary>The point of a matrix' row at a query.</summary>
    public KoalaBear PointOf(CommittedMatrix matrix, int query)
    {
        var row = indices[query] >> (shape.LogDomain - matrix.LogDomain);
        return KoalaBear.Generator * KoalaBear.TwoAdicRoot(matrix.LogDomain).Pow((ulong)Algebra.Transforms.BitReversal.Reverse(row, matrix.LogDomain));
    }

    /// <summary>All that is opened of a matrix: at ζ and gζ by coordinates, then at the queries.</summary>
    public KoalaBear[][] Opened(CommittedMatrix matrix) =>
    [
        .. Enumerable.Range(0, matrix.Width).Select(column => (KoalaBear[])
        [
            .. Enumerable.Range(0, matrix.Points.Length).SelectMany(point => Limbs(AtPoint(matrix, point, column))),
            .. Enumerable.Range(0, indices.Count).Select(query => AtQuery(matrix, query)[column]),
        ]),
    ];

    public static IEnumerable<KoalaBear> Limbs(Extension5 value) => Enumerable.Range(0, Extension5.Degree).Select(limb => value[limb]);

    private IReadOnlyList<MerkleOpening> Openings(int commitment)
    {
        if (!restored.TryGetValue(commitment, out var openings))
        {
            var merkle = shape.Inputs[commitment].Shape;
            Assert.Equal(
                MerkleError.None,
                Pruning<Poseidon2>.Restore(merkle, [.. indices.Select(index => index >> (shape.LogDomain - merkle.Depth))], proof.Openings[commitment], out openings, out _));
            restored.Add(commitment, openings);
        }

        return openings;
    }
}
