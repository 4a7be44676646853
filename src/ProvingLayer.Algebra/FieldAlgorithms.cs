using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProvingLayer.Algebra;

/// <summary>Algorithms that hold in every ring or field.</summary>
public static class FieldAlgorithms
{
    /// <summary>base^exponent by square and multiply; 0⁰ = 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Power<T>(T value, ulong exponent)
        where T : struct, IRing<T>
    {
        var result = T.One;
        while (exponent != 0)
        {
            if ((exponent & 1) != 0)
                result *= value;
            value = T.Square(value);
            exponent >>= 1;
        }

        return result;
    }

    /// <summary>Writes 1, base, base², … .</summary>
    public static void Powers<T>(T value, Span<T> powers)
        where T : struct, IRing<T>
    {
        if (typeof(T) == typeof(KoalaBear))
            Powers<KoalaBear, PackedKoalaBear>(Unsafe.BitCast<T, KoalaBear>(value), MemoryMarshal.Cast<T, KoalaBear>(powers));
        else if (typeof(T) == typeof(Extension5))
            Powers<Extension5, PackedExtension5>(Unsafe.BitCast<T, Extension5>(value), MemoryMarshal.Cast<T, Extension5>(powers));
        else
            ChainPowers(value, powers);
    }

    // Sixteen at a time: each vector is the one before times base¹⁶.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Powers<T, TPacked>(T value, Span<T> powers)
        where T : struct, IRing<T>
        where TPacked : struct, IPackedRing<TPacked, T>
    {
        const int lanes = PackedKoalaBear.Lanes;
        if (powers.Length < 2 * lanes)
        {
            ChainPowers(value, powers);
            return;
        }

        ChainPowers(value, powers[..lanes]);
        var step = TPacked.Broadcast(powers[lanes - 1] * value);
        var vector = TPacked.Load(powers);
        var start = lanes;
        for (; start + lanes <= powers.Length; start += lanes)
        {
            vector *= step;
            vector.Store(powers[start..]);
        }

        for (; start < powers.Length; start++)
            powers[start] = powers[start - 1] * value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ChainPowers<T>(T value, Span<T> powers)
        where T : struct, IRing<T>
    {
        var power = T.One;
        foreach (ref var slot in powers)
        {
            slot = power;
            power *= value;
        }
    }

    /// <summary>
    /// Replaces each value by its inverse: one inversion and three products a value (Montgomery's trick). Returns false, and
    /// leaves the values as they are, when one of them is zero.
    /// </summary>
    public static bool TryBatchInverse<T>(Span<T> values)
        where T : struct, IField<T>
    {
        if (typeof(T) == typeof(KoalaBear))
            return TryBatchInverse<KoalaBear, PackedKoalaBear>(MemoryMarshal.Cast<T, KoalaBear>(values));
        if (typeof(T) == typeof(Extension5))
            return TryBatchInverse<Extension5, PackedExtension5>(MemoryMarshal.Cast<T, Extension5>(values));
        return TryChainInverse(values);
    }

    // Sixteen chains side by side, one a lane; their products and what does not fill the lanes are one more chain.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryBatchInverse<T, TPacked>(Span<T> values)
        where T : struct, IField<T>
        where TPacked : struct, IPackedRing<TPacked, T>
    {
        const int lanes = PackedKoalaBear.Lanes;
        var packs = values.Length / lanes;
        if (packs < 2)
            return TryChainInverse(values);
        var prefix = new TPacked[packs];
        var product = TPacked.One;
        for (var i = 0; i < packs; i++)
        {
            prefix[i] = product;
            product *= TPacked.Load(values[(i * lanes)..]);
        }

        var rest = values[(packs * lanes)..];
        var last = new T[lanes + rest.Length];
        product.Store(last);
        rest.CopyTo(last.AsSpan(lanes));
        if (!TryChainInverse<T>(last))
            return false;
        last.AsSpan(lanes).CopyTo(rest);
        var inverse = TPacked.Load(last);
        for (var i = packs - 1; i >= 0; i--)
        {
            var slots = values.Slice(i * lanes, lanes);
            var value = TPacked.Load(slots);
            (inverse * prefix[i]).Store(slots);
            inverse *= value;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryChainInverse<T>(Span<T> values)
        where T : struct, IField<T>
    {
        // prefix[i] = v₀ ⋯ v₍i−1₎; walking back, inverse = 1 / (v₀ ⋯ v_i) gives v_i⁻¹ = inverse · prefix[i].
        var prefix = new T[values.Length];
        var product = T.One;
        for (var i = 0; i < values.Length; i++)
        {
            prefix[i] = product;
            product *= values[i];
        }

        if (!product.TryInverse(out var inverse))
            return false;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var value = values[i];
            values[i] = inverse * prefix[i];
            inverse *= value;
        }

        return true;
    }

    /// <summary>Evaluates Σ cᵢ xⁱ by Horner's rule; the coefficients lie in the ring itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Horner<T>(ReadOnlySpan<T> coefficients, T point)
        where T : struct, IRing<T>
    {
        var result = T.Zero;
        for (var i = coefficients.Length - 1; i >= 0; i--)
            result = (result * point) + coefficients[i];
        return result;
    }
}
