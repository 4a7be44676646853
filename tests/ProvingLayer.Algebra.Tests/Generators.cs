using CsCheck;

namespace ProvingLayer.Algebra.Tests;

/// <summary>Random elements, with the edges of the field's representation made likely.</summary>
internal static class Generators
{
    private const uint P = KoalaBear.Modulus;

    private static readonly uint[] Edges = [0, 1, 2, P - 1, P - 2, P / 2, (P / 2) + 1, (1u << 24) - 1, 1u << 24];

    public static readonly Gen<KoalaBear> Element = Gen.Frequency(
        (4, Gen.UInt[0, P - 1]),
        (1, Gen.Int[0, Edges.Length - 1].Select(i => Edges[i])))
        .Select(KoalaBear.FromCanonical);

    public static readonly Gen<Extension5> Extension =
        Gen.Select(Element, Element, Element, Element, Element).Select(c => new Extension5(c.Item1, c.Item2, c.Item3, c.Item4, c.Item5));

    public static readonly Gen<PackedKoalaBear> Packed = Element.Array[PackedKoalaBear.Lanes].Select(a => PackedKoalaBear.Load(a));

    public static readonly Gen<PackedExtension5> PackedExtension =
        Gen.Select(Packed, Packed, Packed, Packed, Packed).Select(c => new PackedExtension5(c.Item1, c.Item2, c.Item3, c.Item4, c.Item5));

    /// <summary>A fixed sequence of elements that looks random: the test's own, so that no kernel under test made its input.</summary>
    public static KoalaBear[] Sequence(int length, uint seed = 1)
    {
        var elements = new KoalaBear[length];
        ulong state = seed;
        for (var i = 0; i < length; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            elements[i] = KoalaBear.FromCanonical((uint)((state >> 33) % P));
        }

        return elements;
    }
}
