using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Signatures;

namespace ProvingLayer.Constraints.Tests.Signatures;

public sealed class SignatureTests
{
    private static readonly Digest message = Digests.OfName("a message");
    private static readonly SigningTree tree = SigningTree.Grow(Digests.OfName("a seed"), 3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    public void A_signature_of_every_index_verifies(int index) => Assert.True(SignatureScheme.Verify(tree.Root, message, tree.Sign(index, message)));

    [Fact]
    public void A_signature_is_of_one_message_and_one_key()
    {
        var signature = tree.Sign(2, message);
        Assert.False(SignatureScheme.Verify(tree.Root, Digests.OfName("another message"), signature));
        Assert.False(SignatureScheme.Verify(SigningTree.Grow(Digests.OfName("another seed"), 3).Root, message, signature));
        Assert.False(SignatureScheme.Verify(tree.Root, message, Signature.None));
    }

    [Fact]
    public void A_signature_with_any_scalar_changed_does_not_verify()
    {
        var honest = tree.Sign(5, message);
        for (var i = 0; i < Signature.Count; i++)
        {
            Assert.False(SignatureScheme.Verify(tree.Root, message, Changed(honest, i)), $"{Signature.Names[i]} was changed");
        }
    }

    [Fact]
    public void A_chain_cannot_be_taken_further_without_the_checksum_going_back()
    {
        // Whoever holds a signature of one message can go forward in every chain: some digit of another message always asks to go back.
        Span<int> first = stackalloc int[SignatureScheme.Chains];
        Span<int> second = stackalloc int[SignatureScheme.Chains];
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            SignatureScheme.Digits(Random(random), first);
            SignatureScheme.Digits(Random(random), second);
            Assert.Contains(true, Pairs(first, second).Select(p => p.Item2 < p.Item1));
        }

        // One digit more by one: the checksum is less by one.
        var low = new Digest(new KoalaBear[Digest.Length]);
        var high = new Digest([KoalaBear.One, .. new KoalaBear[Digest.Length - 1]]);
        SignatureScheme.Digits(low, first);
        SignatureScheme.Digits(high, second);
        Assert.Equal([0, 2, 1, 3], first[SignatureScheme.MessageDigits..].ToArray()); // 216 in base 4, low first
        Assert.Equal([3, 1, 1, 3], second[SignatureScheme.MessageDigits..].ToArray());
    }

    [Fact]
    public void Indexes_share_no_secret_and_messages_no_randomizer()
    {
        var all = Enumerable.Range(0, tree.Capacity).Select(i => tree.Sign(i, message)).ToList();
        Assert.Equal(all.Count, all.Select(s => s.Randomizer).Distinct().Count());
        Assert.Equal(all.Count * SignatureScheme.Chains, all.SelectMany(s => s.Chains).Distinct().Count());
        Assert.NotEqual(tree.Sign(1, message).Randomizer, tree.Sign(1, tree.Root).Randomizer);
    }

    [Fact]
    public void Leaves_grown_in_lanes_are_those_of_the_definition()
    {
        var seed = Digests.OfName("lanes");
        foreach (var (first, count) in new[] { (0, 1), (0, 16), (16, 7), (0x1fff0, 16) })
        {
            var grown = new Digest[count];
            LeafGrowth.Fill(seed, first, grown);
            foreach (var at in new[] { 0, count - 1 })
            {
                var ends = Enumerable.Range(0, SignatureScheme.Chains).Select(c => SignatureScheme.Advance(SigningTree.Secret(seed, first + at, c), 0, SignatureScheme.Last));
                Assert.Equal(SignatureScheme.LeafOf([.. ends]), grown[at]);
            }
        }
    }

    [Fact]
    public void A_key_of_any_capacity_has_a_tree_of_the_same_height()
    {
        foreach (var logCapacity in new[] { 0, 1, 4 })
        {
            var grown = SigningTree.Grow(Digests.OfName("seed"), logCapacity);
            Assert.Equal(1 << logCapacity, grown.Capacity);
            var signature = grown.Sign(grown.Capacity - 1, message);
            Assert.Equal(SignatureScheme.Height, signature.Path.Length);
            Assert.True(SignatureScheme.Verify(grown.Root, message, signature));
            Assert.Throws<ArgumentOutOfRangeException>(() => grown.Sign(grown.Capacity, message));
        }
    }

    internal static Signature Changed(Signature signature, int scalar)
    {
        var other = Digests.OfName("something else");
        return scalar switch
        {
            0 => new(other, signature.Index, signature.Chains, signature.Path),
            1 => new(signature.Randomizer, signature.Index ^ 1, signature.Chains, signature.Path),
            < 2 + SignatureScheme.Chains => new(signature.Randomizer, signature.Index, signature.Chains.SetItem(scalar - 2, other), signature.Path),
            _ => new(signature.Randomizer, signature.Index, signature.Chains, signature.Path.SetItem(scalar - 2 - SignatureScheme.Chains, other)),
        };
    }

    private static Digest Random(Random random)
    {
        var elements = new KoalaBear[Digest.Length];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = KoalaBear.FromCanonical((uint)random.Next((int)KoalaBear.Modulus));
        return new(elements);
    }

    private static List<(int, int)> Pairs(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var pairs = new List<(int, int)>();
        for (var i = 0; i < first.Length; i++)
            pairs.Add((first[i], second[i]));
        return pairs;
    }
}
