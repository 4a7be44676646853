using ProvingLayer.Algebra;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Tests.Soundness;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Verification;

/// <summary>
/// The verifier's text over an engine that holds no data: it must run to its end on the shape alone, as an engine that writes a circuit needs
/// it, and take every element of the proof.
/// </summary>
public class SecondEngine
{
    [Theory]
    [InlineData("everything", false)]
    [InlineData("everything", true)]
    [InlineData("poseidon2", false)]
    public void Verifier_text_runs_on_the_shape_alone(string name, bool isHiding)
    {
        var forger = new Forger(ProvedSample.Named(name), Profile.Standard, isHiding: isHiding);
        var engine = new CountingEngine(forger.VerifyingKey.PublicCount);
        new ProofChecker<CountingEngine, Wire, int, int, int>(engine, forger.Shape).Check();

        Assert.Equal(forger.Shape.MessageElements, engine.Received);
        var commitments = forger.Shape.Inputs.Length + forger.Shape.FoldTrees.Length;
        Assert.Equal(commitments * forger.VerifyingKey.Parameters.Queries, engine.Opened.Count);
        Assert.Equal(engine.Opened.Count, engine.Opened.Distinct().Count());

        // Every column is in a sum of every query, and no sum is taken twice.
        var combined = engine.Combined.GroupBy(sum => sum).ToArray();
        Assert.All(combined, sum => Assert.Equal(forger.VerifyingKey.Parameters.Queries, sum.Count()));
        Assert.Equal(
            forger.Shape.Matrices.Sum(matrix => matrix.Width),
            combined.SelectMany(sum => Enumerable.Range(sum.Key.Part.Start, sum.Key.Part.Width).Select(column => (sum.Key.Commitment, sum.Key.Part.Level, column))).Distinct().Count());

        // One assertion a quotient, a balance, and a query's folds and final value.
        var queries = forger.VerifyingKey.Parameters.Queries;
        Assert.Equal(1 + forger.Shape.Quotients.Length + (queries * (forger.Shape.Rounds.Length + 1)), engine.Equalities);
        Assert.Equal(2 * forger.Shape.Matrices.Length, engine.NonZeros);
    }

    /// <summary>A value that nobody knows.</summary>
    private readonly struct Wire : IRing<Wire>
    {
        public static Wire Zero => default;

        public static Wire One => default;

        public static Wire FromBase(KoalaBear value) => default;

        public static Wire operator +(Wire left, Wire right) => default;

        public static Wire operator -(Wire left, Wire right) => default;

        public static Wire operator *(Wire left, Wire right) => default;

        public static Wire operator -(Wire value) => default;
    }

    private sealed class CountingEngine(int publicCount) : IVerifierEngine<Wire, int, int, int>
    {
        public int Received { get; private set; }

        public int Equalities { get; private set; }

        public int NonZeros { get; private set; }

        public List<(int Commitment, int Query)> Opened { get; } = [];

        public List<(int Commitment, RowPart Part)> Combined { get; } = [];

        public bool HasRejected => false;

        public ReadOnlySpan<Wire> PublicValues => new Wire[publicCount];

        public int PreprocessedRoot(int group) => 0;

        public void AbsorbHeader()
        {
        }

        public int ReceiveDigest()
        {
            Received += Digest.Length;
            return 0;
        }

        public Wire[] ReceiveValues(int count)
        {
            Received += count * Extension5.Degree;
            return new Wire[count];
        }

        public void ReceiveNonce(int bits) => Received++;

        public Wire DrawValue() => default;

        public int[] DrawIndices(int count, int bits) => new int[count];

        public Wire Constant(Extension5 value) => default;

        public Wire Inverse(Wire value, VerificationError whenZero) => default;

        public void AssertNonZero(Wire value, VerificationError error, string what) => NonZeros++;

        public void AssertEqual(Wire left, Wire right, VerificationError error, string what) => Equalities++;

        public int Open(int commitment, MerkleShape shape, int root, int query, int index, int shift)
        {
            Opened.Add((commitment, query));
            return commitment;
        }

        public Wire Combine(int opening, MerkleShape shape, RowPart part, Wire point)
        {
            Assert.InRange(part.Start + part.Width, 1, shape.WidthAt(part.Level));
            Combined.Add((opening, part));
            return default;
        }

        public (Wire Selected, Wire Folded) Fold(int opening, int index, int shift, Wire u) => default;

        public Wire ReversedPower(KoalaBear root, int index, int bits) => default;
    }
}
