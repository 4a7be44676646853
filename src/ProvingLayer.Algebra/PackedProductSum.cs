using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProvingLayer.Algebra;

/// <summary>A packed factor prepared for <see cref="PackedProductSum"/>: with 512-bit vectors its odd lanes moved to even places, once for many products.</summary>
internal readonly struct PackedFactor
{
    public readonly Vector512<uint> Even;
    public readonly Vector512<uint> Odd;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedFactor(PackedKoalaBear value)
    {
        Even = value.Raw;
        Odd = Avx512F.IsSupported ? PackedArithmetic.OddToEven(value.Raw) : value.Raw;
    }

    /// <summary>The same element in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedFactor(KoalaBear value) => Even = Odd = Vector512.Create(value.Raw);
}

/// <summary>
/// A sum of packed products that is reduced once. With 512-bit vectors it is kept in 64 bits for each lane, even and odd lanes apart, below
/// p·2³², the domain of the reduction; two products more stay below 2p·2³² &lt; 2⁶⁴. Without them each product is reduced at once.
/// </summary>
internal struct PackedProductSum
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const ulong Bound = (ulong)KoalaBear.Modulus << 32;

    private Vector512<ulong> even;
    private Vector512<ulong> odd;

    /// <summary>Adds a product.</summary>
    [MethodImpl(Inline)]
    public void Add(PackedFactor a, PackedFactor b)
    {
        if (Avx512F.IsSupported)
        {
            even = Below(even + Avx512F.Multiply(a.Even, b.Even));
            odd = Below(odd + Avx512F.Multiply(a.Odd, b.Odd));
        }
        else
        {
            even = PackedArithmetic.Add(even.AsUInt32(), PackedArithmetic.Multiply(a.Even, b.Even)).AsUInt64();
        }
    }

    /// <summary>Adds two products.</summary>
    [MethodImpl(Inline)]
    public void Add(PackedFactor a, PackedFactor b, PackedFactor c, PackedFactor d)
    {
        if (Avx512F.IsSupported)
        {
            even = Below(even + Avx512F.Multiply(a.Even, b.Even) + Avx512F.Multiply(c.Even, d.Even));
            odd = Below(odd + Avx512F.Multiply(a.Odd, b.Odd) + Avx512F.Multiply(c.Odd, d.Odd));
        }
        else
        {
            Add(a, b);
            Add(c, d);
        }
    }

    /// <summary>The sum.</summary>
    [MethodImpl(Inline)]
    public readonly PackedKoalaBear Reduce()
    {
        if (!Avx512F.IsSupported)
            return new(even.AsUInt32());
        var inverse = Vector512.Create(KoalaBear.ModulusInverse);
        var modulus = Vector512.Create(KoalaBear.Modulus);
        var evenQuotient = Avx512F.Multiply(even.AsUInt32(), inverse).AsUInt32();
        var oddQuotient = Avx512F.Multiply(odd.AsUInt32(), inverse).AsUInt32();
        var difference = PackedArithmetic.MergeHigh(
            (even - Avx512F.Multiply(evenQuotient, modulus)).AsUInt32(), (odd - Avx512F.Multiply(oddQuotient, modulus)).AsUInt32());
        return new(Avx512F.Min(difference, difference + modulus));
    }

    [MethodImpl(Inline)]
    private static Vector512<ulong> Below(Vector512<ulong> sum) => Avx512F.Min(sum, sum - Vector512.Create(Bound));
}
