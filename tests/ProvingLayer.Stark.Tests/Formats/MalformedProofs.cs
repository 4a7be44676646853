using System.Buffers.Binary;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Binary;
using ProvingLayer.Stark.Formats;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Tests.Soundness;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Formats;

/// <summary>Files that are not proofs: always a documented error, never an exception, never more work than an honest check.</summary>
public class MalformedProofs
{
    private static readonly Forger Small = new(ProvedSample.Arithmetic());
    private static readonly byte[] SmallFile = ProofFormat.Write(Small.Prove());

    private static readonly Lazy<(Forger Forger, byte[] File)> Standard = new(() =>
    {
        var forger = new Forger(ProvedSample.Named("everything"), Profile.Standard);
        return (forger, ProofFormat.Write(forger.Prove()));
    });

    [Fact]
    public void P8_what_is_written_is_read_and_written_again_the_same()
    {
        Assert.True(ProofFormat.TryRead(SmallFile, out var proof, out _));
        Assert.Equal(SmallFile, ProofFormat.Write(proof));
        Assert.True(Small.Verify(proof).IsAccepted);
        Assert.True(Check(Small, SmallFile).IsAccepted);
    }

    [Fact]
    public void P8_no_field_element_has_a_second_encoding()
    {
        // Each element of 31 bits plus p, where that is a number of 31 bits.
        var tried = 0;
        foreach (var (field, elements) in Sections(SmallFile))
        {
            for (var i = 0; i < elements; i++)
            {
                var bit = (8 * (field + sizeof(uint))) + (31 * i);
                var number = Enumerable.Range(0, 31).Sum(j => (SmallFile[(bit + j) / 8] >> ((bit + j) % 8) & 1L) << j);
                if (number + KoalaBear.Modulus > int.MaxValue)
                    continue;
                var copy = SmallFile.ToArray();
                for (var j = 0; j < 31; j++)
                {
                    var mask = (byte)(1 << ((bit + j) % 8));
                    copy[(bit + j) / 8] = (byte)((copy[(bit + j) / 8] & ~mask) | (((number + KoalaBear.Modulus) >> j & 1) != 0 ? mask : 0));
                }

                Assert.Equal(VerificationError.MalformedProof, Check(Small, copy).Error);
                tried++;
            }
        }

        Assert.True(tried > 10);
    }

    [Fact]
    public void P8_trailing_bytes_are_refused()
    {
        Assert.Equal(VerificationError.MalformedProof, Check(Small, [.. SmallFile, 0]).Error);
        Assert.Equal(VerificationError.MalformedProof, Check(Small, [.. SmallFile, .. SmallFile]).Error);
    }

    [Fact]
    public void P9_every_truncation_is_refused()
    {
        for (var length = 0; length < SmallFile.Length; length++)
            Assert.Equal(VerificationError.MalformedProof, Check(Small, SmallFile.AsSpan(0, length)).Error);
    }

    [Fact]
    public void P9_some_flipped_bits_are_refused() => FlipBits(Small, SmallFile, stride: 37);

    [Fact]
    [Trait("Category", "Long")]
    public void P9_every_flipped_bit_is_refused() => FlipBits(Small, SmallFile, stride: 1);

    [Fact]
    public void P9_sampled_flipped_bits_of_a_standard_proof_are_refused()
    {
        var (forger, file) = Standard.Value;
        Assert.True(Check(forger, file).IsAccepted);
        var random = new Random(20261124);
        for (var i = 0; i < 60; i++)
        {
            var copy = file.ToArray();
            copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
            Assert.NotEqual(VerificationError.None, Check(forger, copy).Error);
        }
    }

    [Fact]
    public void P9_lengths_that_lie_are_refused_before_anything_is_allocated()
    {
        foreach (var at in LengthFields(SmallFile))
        {
            var honest = BinaryPrimitives.ReadUInt32LittleEndian(SmallFile.AsSpan(at));
            foreach (var lie in (ReadOnlySpan<uint>)[0, 1, honest - 1, honest + 1, int.MaxValue, uint.MaxValue])
            {
                if (lie == honest)
                    continue;
                var copy = SmallFile.ToArray();
                BinaryPrimitives.WriteUInt32LittleEndian(copy.AsSpan(at), lie);
                var before = GC.GetAllocatedBytesForCurrentThread();
                var error = Check(Small, copy).Error;
                Assert.True(error is VerificationError.MalformedProof or VerificationError.WrongLength, $"{at}: {lie}: {error}");
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
            }
        }
    }

    [Fact]
    public void P9_random_bytes_are_refused()
    {
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            if (random.Next(2) == 0 && bytes.Length > 8)
                SmallFile.AsSpan(0, 8).CopyTo(bytes);
            Assert.Equal(VerificationError.MalformedProof, Check(Small, bytes).Error);
        }
    }

    [Fact]
    public void P9_a_refused_proof_costs_no_more_memory_than_an_honest_one()
    {
        var honest = Allocated(SmallFile);
        for (var at = 100; at < SmallFile.Length; at += 501)
        {
            var copy = SmallFile.ToArray();
            copy[at] ^= 1;
            Assert.InRange(Allocated(copy), 0, 2 * honest);
        }

        static long Allocated(byte[] file)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Check(Small, file);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Theory]
    [InlineData(0, FormatFault.Magic)]
    [InlineData(4, FormatFault.Version)]
    [InlineData(8, FormatFault.OutOfRange)] // hiding
    [InlineData(9, FormatFault.OutOfRange)] // circuits
    [InlineData(13, FormatFault.OutOfRange)] // present
    public void P8_unknown_headers_are_refused(int at, FormatFault fault)
    {
        var copy = SmallFile.ToArray();
        copy[at] ^= 2;
        Assert.False(ProofFormat.TryRead(copy, out _, out var error));
        Assert.Equal(fault, error.Fault);
    }

    private static void FlipBits(Forger forger, byte[] file, int stride)
    {
        Parallel.For(0, ((file.Length * 8) + stride - 1) / stride, index =>
        {
            var bit = index * stride;
            var copy = file.ToArray();
            copy[bit / 8] ^= (byte)(1 << (bit % 8));
            var error = Check(forger, copy).Error;
            Assert.True(error != VerificationError.None && Enum.IsDefined(error), $"bit {bit} may be flipped");
        });
    }

    private static VerificationResult Check(Forger forger, ReadOnlySpan<byte> file) =>
        Verifier.Verify(forger.VerifyingKey, forger.Sample.Trace.PublicValues.AsSpan(), file, Forger.Testing);

    /// <summary>Where the file's counts stand.</summary>
    private static IEnumerable<int> LengthFields(byte[] file)
    {
        var messages = Sections(file).First();
        return Sections(file).Select(section => section.Field).Append(messages.Field + sizeof(uint) + PackedBytes(messages.Elements));
    }

    /// <summary>The file's packed elements: where their count stands, and how many they are. The openings' own count follows the messages.</summary>
    private static IEnumerable<(int Field, int Elements)> Sections(byte[] file)
    {
        var at = 18;
        yield return Section(1);
        var openings = Count(at);
        at += sizeof(uint);
        for (var i = 0; i < openings; i++)
        {
            yield return Section(1);
            yield return Section(Digest.Length);
        }

        Assert.Equal(file.Length, at);

        (int, int) Section(int unit)
        {
            var (field, elements) = (at, Count(at) * unit);
            at += sizeof(uint) + PackedBytes(elements);
            return (field, elements);
        }

        int Count(int field) => (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(field));
    }

    private static int PackedBytes(int elements) => ((31 * elements) + 7) / 8;
}
