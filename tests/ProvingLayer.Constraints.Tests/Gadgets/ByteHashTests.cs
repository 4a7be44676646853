using CsCheck;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Gadgets;

namespace ProvingLayer.Constraints.Tests.Gadgets;

/// <summary>SHA-256 and Keccak-256 as rows, against a second implementation and published vectors.</summary>
public class ByteHashTests
{
    /// <summary>Around every edge of the paddings: none, one byte less than a block with its padding, that, one more, a block, two.</summary>
    private static readonly int[] Lengths = [0, 1, 15, 16, 31, 32, 55, 56, 63, 64, 80, 119, 120, 135, 136, 137, 144, 151, 152, 272, 280];

    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    public void The_published_digests(string text, string sha256, string keccak256)
    {
        var message = System.Text.Encoding.ASCII.GetBytes(text);
        Assert.Equal(sha256, Convert.ToHexStringLower(InCircuit(message, isKeccak: false, check: true)));
        Assert.Equal(keccak256, Convert.ToHexStringLower(InCircuit(message, isKeccak: true, check: true)));
        Assert.Equal(keccak256, Convert.ToHexStringLower(Keccak.Hash256(message)));
    }

    /// <summary>Executed at every edge length; the constraints are checked where the shape of the circuit is another.</summary>
    [Fact]
    public void Digests_are_those_of_a_second_implementation_at_all_edges_of_the_paddings()
    {
        var random = new Random(20261126);
        foreach (var length in Lengths)
        {
            var message = new byte[length];
            random.NextBytes(message);
            Agrees(message, check: length is 56 or 137);
        }
    }

    [Fact]
    public void Digests_are_those_of_a_second_implementation() => Gen.Byte.Array[0, 300].Sample(message => Agrees(message, check: false), iter: 20, threads: 1);

    /// <summary>
    /// The padding is constants of the circuit. A message that says by itself what padding another length would have, or that ends in zeros, is another message: the circuits of two
    /// lengths differ, and what they give does.
    /// </summary>
    [Fact]
    public void P2_A_message_and_itself_padded_have_two_digests()
    {
        foreach (var isKeccak in new[] { true, false })
        {
            byte[] message = [1, 2, 3];
            byte[] marked = [1, 2, 3, isKeccak ? (byte)0x01 : (byte)0x80];
            var digests = new[] { message, [1, 2, 3, 0], marked, Whole(marked, isKeccak) }.Select(m => Convert.ToHexString(InCircuit(m, isKeccak, check: false))).ToArray();
            Assert.Equal(digests.Length, digests.Distinct().Count());
        }

        // The block that the padding makes of the message, given as a message of its own.
        static byte[] Whole(byte[] marked, bool isKeccak)
        {
            var block = new byte[isKeccak ? Keccak.Rate : 64];
            marked.CopyTo(block, 0);
            block[^1] |= isKeccak ? (byte)0x80 : (byte)24;
            return block;
        }
    }

    /// <summary>A prover whose last word holds more bytes than the message has, as the caller's range check would forbid: the sum with the padding carries or is another message's.</summary>
    [Fact]
    public void P2_A_last_word_beyond_the_length_never_gives_the_honest_digest()
    {
        var (circuit, _) = Build(5, isKeccak: true);
        var honest = CircuitExecutor.Run(circuit, [CellValue.Word(0x05_04_03_02_01)]);
        Assert.True(honest.Succeeded);
        foreach (var excess in new[] { (UInt128)1 << 40, (UInt128)0xff << 40, (UInt128)0xff << 120 })
        {
            var result = CircuitExecutor.Run(circuit, [CellValue.Word(0x05_04_03_02_01 + excess)]);
            Assert.NotEqual(honest.Outputs[0].Values, result.Outputs[0].Values);
        }

        var carrying = CircuitExecutor.Run(circuit, [CellValue.Word(UInt128.MaxValue)]);
        Assert.Equal("padding of a message", Assert.Single(carrying.Failures).Name);
    }

    private static void Agrees(byte[] message, bool check)
    {
        Assert.Equal(Reference(new Sha256Digest(), message), InCircuit(message, isKeccak: false, check));
        var keccak = Reference(new KeccakDigest(256), message);
        Assert.Equal(keccak, InCircuit(message, isKeccak: true, check));
        Assert.Equal(keccak, Keccak.Hash256(message));
    }

    private static byte[] Reference(IDigest digest, byte[] message)
    {
        digest.BlockUpdate(message, 0, message.Length);
        var result = new byte[digest.GetDigestSize()];
        digest.DoFinal(result, 0);
        return result;
    }

    private static byte[] InCircuit(byte[] message, bool isKeccak, bool check)
    {
        var (circuit, words) = Build(message.Length, isKeccak);
        var padded = new byte[16 * words];
        message.CopyTo(padded, 0);
        var inputs = Enumerable.Range(0, words).Select(i => CellValue.Word(System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(padded.AsSpan(16 * i)))).ToArray();
        var result = CircuitExecutor.Run(circuit, inputs);
        Assert.True(result.Succeeded, string.Join('\n', result.Failures));
        if (check)
        {
            var report = ConstraintChecker.Check(circuit, result.Trace!);
            Assert.True(report.Holds, report.ToString());
            Assert.Empty(CircuitRules.Check(circuit));
            Assert.True(CircuitFormat.TryRead(CircuitFormat.ToBytes(circuit), out var again, out _));
            Assert.Equal(circuit.ToText(), again.ToText());
        }

        var digest = new byte[32];
        for (var i = 0; i < 2; i++)
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(digest.AsSpan(16 * i), result.Outputs[0].Values[i].ToUInt128());
        return digest;
    }

    private static (Circuit Circuit, int Words) Build(int length, bool isKeccak)
    {
        var builder = new CircuitBuilder();
        var words = ByteHashes.WordsOf(length);
        Cell[] message = [.. Enumerable.Range(0, words).Select(slot => builder.Input(CellType.Word, slot))];
        var hashes = new ByteHashes(builder);
        builder.Output("digest", (isKeccak ? hashes.Keccak256(message, length) : hashes.Sha256(message, length)).AsSpan());
        return (builder.Build(), words);
    }
}
