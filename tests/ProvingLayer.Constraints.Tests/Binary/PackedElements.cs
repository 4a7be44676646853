using CsCheck;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Binary;

namespace ProvingLayer.Constraints.Tests.Binary;

/// <summary>Field elements in 31 bits each: one encoding, and nothing else is read.</summary>
public class PackedElements
{
    [Fact]
    public void P8_elements_are_read_back_and_what_fills_the_last_byte_is_zero() => Gen.UInt[0, KoalaBear.Modulus - 1].Array[0, 70].Sample(numbers =>
    {
        KoalaBear[] elements = [.. numbers.Select(KoalaBear.FromCanonical)];
        var writer = new CanonicalWriter();
        writer.WritePacked(elements);
        var bytes = writer.ToArray();
        Assert.Equal(((31 * elements.Length) + 7) / 8, bytes.Length);
        Assert.Equal(elements, Read(bytes, elements.Length, out var error));
        Assert.Null(error);
        for (var bit = 31 * elements.Length; bit < 8 * bytes.Length; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] |= (byte)(1 << (bit % 8));
            Read(changed, elements.Length, out error);
            Assert.Equal(FormatFault.NotCanonical, error?.Fault);
        }

        if (bytes.Length > 0)
        {
            Read(bytes[..^1], elements.Length, out error);
            Assert.Equal(FormatFault.Truncated, error?.Fault);
        }
    });

    [Theory]
    [InlineData(KoalaBear.Modulus)]
    [InlineData(0x7fffffffu)]
    public void P8_an_element_that_is_not_below_p_is_refused(uint number)
    {
        for (var place = 0; place < 9; place++)
        {
            var bits = System.Numerics.BigInteger.Zero + ((System.Numerics.BigInteger)number << (31 * place));
            var bytes = new byte[35];
            bits.TryWriteBytes(bytes, out _, isUnsigned: true);
            Read(bytes, 9, out var error);
            Assert.Equal(FormatFault.NotCanonical, error?.Fault);
        }
    }

    private static KoalaBear[] Read(byte[] bytes, int count, out FormatError? error)
    {
        var reader = new CanonicalReader(bytes);
        var elements = new KoalaBear[count];
        reader.ReadPacked(elements);
        reader.Finish();
        error = reader.Error;
        return elements;
    }
}
