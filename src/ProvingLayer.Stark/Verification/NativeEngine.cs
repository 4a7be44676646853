using ProvingLayer.Algebra;
using ProvingLayer.Algebra.Transforms;
using ProvingLayer.Stark.Commitments;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Protocol;
using ProvingLayer.Stark.Transcripts;

namespace ProvingLayer.Stark.Verification;

/// <summary>The engine that computes. Keeps the first failed assertion; what follows a failure is computed on, in bounds, without effect.</summary>
internal sealed class NativeEngine<TPermutation> : IVerifierEngine<Extension5, Digest, MerkleOpening, int>
    where TPermutation : IPermutation
{
    private readonly VerifyingKey key;
    private readonly Proof proof;
    private readonly KoalaBear[] publicValues;
    private readonly Extension5[] liftedPublicValues;
    private readonly Transcript<TPermutation> transcript;
    private readonly IReadOnlyList<MerkleOpening>?[] openings;
    private int[] indices = [];
    private Extension5[] powers = [];
    private int received;

    public NativeEngine(VerifyingKey key, ReadOnlySpan<KoalaBear> publicValues, Proof proof, Transcript<TPermutation> transcript)
    {
        this.key = key;
        this.proof = proof;
        this.publicValues = publicValues.ToArray();
        this.transcript = transcript;
        liftedPublicValues = [.. this.publicValues.Select(Extension5.FromBase)];
        openings = new IReadOnlyList<MerkleOpening>?[proof.Openings.Length];
    }

    public VerificationError Error { get; private set; }

    public string Message { get; private set; } = "";

    public bool HasRejected => Error != VerificationError.None;

    public ReadOnlySpan<Extension5> PublicValues => liftedPublicValues;

    public Digest PreprocessedRoot(int group) => key.PreprocessedRoots[group];

    public void AbsorbHeader()
    {
        transcript.Absorb(ProofHeader.Elements(key, proof.Instances));
        transcript.Absorb(ProofHeader.PublicValues(publicValues));
    }

    public Digest ReceiveDigest() => new(Receive(Digest.Length));

    public Extension5[] ReceiveValues(int count)
    {
        var elements = Receive(count * Extension5.Degree);
        var values = new Extension5[count];
        for (var i = 0; i < count; i++)
            values[i] = new(elements.Slice(i * Extension5.Degree, Extension5.Degree));
        return values;
    }

    public void ReceiveNonce(int bits)
    {
        if (!transcript.AbsorbNonce(proof.Messages[received++], bits))
            Reject(VerificationError.ProofOfWork, "a nonce does not show its work");
    }

    public Extension5 DrawValue() => transcript.SampleExtension();

    public int[] DrawIndices(int count, int bits)
    {
        indices = new int[count];
        for (var i = 0; i < count; i++)
            indices[i] = transcript.SampleBits(bits);
        return indices;
    }

    public Extension5 Constant(Extension5 value) => value;

    public Extension5 Inverse(Extension5 value, VerificationError whenZero)
    {
        if (!value.TryInverse(out var inverse))
            Reject(whenZero, "a denominator is zero");
        return inverse;
    }

    public void AssertNonZero(Extension5 value, VerificationError error, string what)
    {
        if (value.IsZero)
            Reject(error, what);
    }

    public void AssertEqual(Extension5 left, Extension5 right, VerificationError error, string what)
    {
        if (left != right)
            Reject(error, what);
    }

    public MerkleOpening Open(int commitment, MerkleShape shape, Digest root, int query, int index, int shift)
    {
        // All queries of a commitment are restored and checked together, when the first asks.
        var restored = openings[commitment] ??= Restore(commitment, shape, root, shift);
        return restored.Count > 0 ? restored[query] : new([.. shape.Matrices.Select(matrix => new KoalaBear[matrix.Width])], []);
    }

    public Extension5 Combine(MerkleOpening opening, MerkleShape shape, RowPart part, Extension5 point)
    {
        var factors = PowersOf(point, part.Width);
        var sum = Extension5.Zero;
        var column = -part.Start; // of the part
        foreach (var matrix in shape.MatricesAt(part.Level))
        {
            var row = opening.Rows[matrix];
            for (var i = Math.Max(0, -column); i < row.Length && column + i < part.Width; i++)
                sum += factors[column + i] * row[i];
            column += row.Length;
        }

        return sum;
    }

    public (Extension5 Selected, Extension5 Folded) Fold(MerkleOpening opening, int index, int shift, Extension5 u)
    {
        var row = opening.Rows[0];
        Span<Extension5> values = stackalloc Extension5[row.Length / Extension5.Degree];
        for (var i = 0; i < values.Length; i++)
            values[i] = new(row.AsSpan(i * Extension5.Degree, Extension5.Degree));
        var place = (index >> shift) & (values.Length - 1);
        var selected = values[place];
        var log = int.Log2(values.Length);
        return (selected, FoldedRow.At(values, u * KoalaBear.TwoAdicRoot(log).Pow((ulong)BitReversal.Reverse(place, log))));
    }

    public Extension5 ReversedPower(KoalaBear root, int index, int bits) =>
        root.Pow((ulong)BitReversal.Reverse(index & ((1 << bits) - 1), bits));

    /// <summary>1, x, …: of the point asked for last, as far as was asked for.</summary>
    private ReadOnlySpan<Extension5> PowersOf(Extension5 point, int count)
    {
        count = Math.Max(2, count);
        if (powers.Length < count || powers[1] != point)
        {
            powers = new Extension5[count];
            powers[0] = Extension5.One;
            for (var i = 1; i < powers.Length; i++)
                powers[i] = powers[i - 1] * point;
        }

        return powers;
    }

    private ReadOnlySpan<KoalaBear> Receive(int count)
    {
        var elements = proof.Messages.AsSpan(received, count);
        received += count;
        transcript.Absorb(elements);
        return elements;
    }

    private IReadOnlyList<MerkleOpening> Restore(int commitment, MerkleShape shape, Digest root, int shift)
    {
        var shifted = indices.Select(index => index >> shift).ToArray();
        var error = Pruning<TPermutation>.Restore(shape, shifted, proof.Openings[commitment], out var restored, out var restoredRoot);
        if (error != MerkleError.None)
        {
            Reject(VerificationError.WrongLength, $"the openings of commitment {commitment} do not fit the queries: {error}");
            return [];
        }

        if (restoredRoot != root)
            Reject(VerificationError.MerkleMismatch, $"the openings of commitment {commitment} do not lie under its root");

        return restored;
    }

    private void Reject(VerificationError error, string message)
    {
        if (HasRejected)
            return;
        Error = error;
        Message = message;
    }
}
