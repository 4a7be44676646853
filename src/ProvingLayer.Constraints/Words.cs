using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints;

/// <summary>Words as eight limbs of 16 bits, least significant first.</summary>
public static class Words
{
    /// <summary>Writes the limbs of an integer.</summary>
    public static void Write(UInt128 value, Span<KoalaBear> limbs)
    {
        var low = (ulong)value;
        var high = (ulong)(value >> 64);
        for (var i = 0; i < 4; i++)
        {
            limbs[i] = KoalaBear.FromCanonical((uint)(low >> (16 * i)) & 0xffff);
            limbs[i + 4] = KoalaBear.FromCanonical((uint)(high >> (16 * i)) & 0xffff);
        }
    }

    /// <summary>The integer Σ limbᵢ·2^(16i) mod 2^128; limbs are below 2^16 unless a fault was injected.</summary>
    public static UInt128 ToUInt128(ReadOnlySpan<KoalaBear> limbs)
    {
        if (TryRead(limbs, out var value))
            return value;
        value = 0;
        for (var i = 0; i < Cells.Limbs; i++)
            value += (UInt128)limbs[i].Canonical << (16 * i);
        return value;
    }

    /// <summary>The integer of eight limbs; false if one of them is 2^16 or more.</summary>
    public static bool TryRead(ReadOnlySpan<KoalaBear> limbs, out UInt128 value)
    {
        ulong low = 0;
        ulong high = 0;
        uint excess = 0;
        for (var i = 0; i < 4; i++)
        {
            var l = limbs[i].Canonical;
            var h = limbs[i + 4].Canonical;
            low |= (ulong)l << (16 * i);
            high |= (ulong)h << (16 * i);
            excess |= l | h;
        }

        value = new(high, low);
        return excess >> Cells.LimbBits == 0;
    }
}
