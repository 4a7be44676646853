using System.Runtime.CompilerServices;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Powers<T>(T value, Span<T> powers)
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryBatchInverse<T>(Span<T> values)
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
