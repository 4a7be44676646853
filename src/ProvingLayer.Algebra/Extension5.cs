using System.Runtime.CompilerServices;

namespace ProvingLayer.Algebra;

/// <summary>
/// An element c₀ + c₁X + … + c₄X⁴ of F_p[X]/(X⁵ + X² − 1), the field with p⁵ ≈ 2¹⁵⁵ elements from which challenges are drawn.
/// </summary>
public readonly struct Extension5 : IField<Extension5>
{
    /// <summary>Coordinates over the base field.</summary>
    public const int Degree = 5;

    private readonly KoalaBear c0;
    private readonly KoalaBear c1;
    private readonly KoalaBear c2;
    private readonly KoalaBear c3;
    private readonly KoalaBear c4;

    /// <summary>The element with these coordinates, of 1, X, X², X³, X⁴.</summary>
    public Extension5(KoalaBear c0, KoalaBear c1, KoalaBear c2, KoalaBear c3, KoalaBear c4)
    {
        this.c0 = c0;
        this.c1 = c1;
        this.c2 = c2;
        this.c3 = c3;
        this.c4 = c4;
    }

    /// <summary>The element with these five coordinates.</summary>
    /// <exception cref="ArgumentException">There are not five.</exception>
    public Extension5(ReadOnlySpan<KoalaBear> coordinates)
    {
        if (coordinates.Length != Degree)
            throw new ArgumentException("An element has five coordinates.", nameof(coordinates));
        c0 = coordinates[0];
        c1 = coordinates[1];
        c2 = coordinates[2];
        c3 = coordinates[3];
        c4 = coordinates[4];
    }

    /// <inheritdoc/>
    public static Extension5 Zero => default;

    /// <inheritdoc/>
    public static Extension5 One => FromBase(KoalaBear.One);

    /// <summary>X, a generator of the extension over the base field.</summary>
    public static Extension5 X => new(default, KoalaBear.One, default, default, default);

    /// <inheritdoc/>
    public bool IsZero => this == default;

    /// <summary>Whether only the first coordinate may be non-zero.</summary>
    public bool IsBase => c1.IsZero && c2.IsZero && c3.IsZero && c4.IsZero;

    /// <summary>The coordinate of X^<paramref name="index"/>.</summary>
    public KoalaBear this[int index] => index switch
    {
        0 => c0,
        1 => c1,
        2 => c2,
        3 => c3,
        4 => c4,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public static Extension5 FromBase(KoalaBear value) => new(value, default, default, default, default);

    /// <summary>A base element is an element of the extension.</summary>
    public static implicit operator Extension5(KoalaBear value) => FromBase(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Extension5 operator +(Extension5 left, Extension5 right) =>
        new(left.c0 + right.c0, left.c1 + right.c1, left.c2 + right.c2, left.c3 + right.c3, left.c4 + right.c4);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Extension5 operator -(Extension5 left, Extension5 right) =>
        new(left.c0 - right.c0, left.c1 - right.c1, left.c2 - right.c2, left.c3 - right.c3, left.c4 - right.c4);

    /// <inheritdoc/>
    public static Extension5 operator -(Extension5 value) => new(-value.c0, -value.c1, -value.c2, -value.c3, -value.c4);

    /// <summary>Sum with a base element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Extension5 operator +(Extension5 left, KoalaBear right) =>
        new(left.c0 + right, left.c1, left.c2, left.c3, left.c4);

    /// <summary>Difference with a base element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Extension5 operator -(Extension5 left, KoalaBear right) =>
        new(left.c0 - right, left.c1, left.c2, left.c3, left.c4);

    /// <summary>Product with a base element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Extension5 operator *(Extension5 left, KoalaBear right) =>
        new(left.c0 * right, left.c1 * right, left.c2 * right, left.c3 * right, left.c4 * right);

    /// <summary>Product with a base element.</summary>
    public static Extension5 operator *(KoalaBear left, Extension5 right) => right * left;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Extension5 operator *(Extension5 left, Extension5 right)
    {
        // Σ dₖXᵏ is the product of polynomials. X⁵ = 1 − X², X⁶ = X − X³, X⁷ = X² − X⁴, X⁸ = X³ + X² − 1.
        ulong a0 = left.c0.Raw, a1 = left.c1.Raw, a2 = left.c2.Raw, a3 = left.c3.Raw, a4 = left.c4.Raw;
        ulong b0 = right.c0.Raw, b1 = right.c1.Raw, b2 = right.c2.Raw, b3 = right.c3.Raw, b4 = right.c4.Raw;
        var d0 = Reduced(a0 * b0);
        var d1 = Reduced((a0 * b1) + (a1 * b0));
        var d2 = Reduced((a0 * b2) + (a1 * b1) + (a2 * b0));
        var d3 = Reduced((a0 * b3) + (a1 * b2) + (a2 * b1) + (a3 * b0));
        var d4 = Reduced(Below((a0 * b4) + (a1 * b3) + (a2 * b2) + (a3 * b1)) + (a4 * b0));
        var d5 = Reduced((a1 * b4) + (a2 * b3) + (a3 * b2) + (a4 * b1));
        var d6 = Reduced((a2 * b4) + (a3 * b3) + (a4 * b2));
        var d7 = Reduced((a3 * b4) + (a4 * b3));
        var d8 = Reduced(a4 * b4);
        return new(d0 + d5 - d8, d1 + d6, d2 - d5 + d7 + d8, d3 - d6 + d8, d4 - d7);
    }

    /// <summary>Equality of elements.</summary>
    public static bool operator ==(Extension5 left, Extension5 right) =>
        left.c0 == right.c0 && left.c1 == right.c1 && left.c2 == right.c2 && left.c3 == right.c3 && left.c4 == right.c4;

    /// <summary>Inequality of elements.</summary>
    public static bool operator !=(Extension5 left, Extension5 right) => !(left == right);

    /// <inheritdoc cref="IRing{T}.Scale"/>
    public static Extension5 Scale(Extension5 value, KoalaBear factor) => value * factor;

    /// <summary>The coordinate of X^<paramref name="index"/>.</summary>
    public KoalaBear Coordinate(int index) => this[index];

    /// <summary>Writes the five coordinates.</summary>
    public void CopyTo(Span<KoalaBear> coordinates)
    {
        coordinates[4] = c4;
        coordinates[3] = c3;
        coordinates[2] = c2;
        coordinates[1] = c1;
        coordinates[0] = c0;
    }

    /// <summary>The value raised to p^<paramref name="times"/>: linear over the base field, the identity for five.</summary>
    public Extension5 Frobenius(int times = 1)
    {
        // (Σ cᵢXⁱ)^(p^k) = Σ cᵢ (Xⁱ)^(p^k).
        var images = FrobeniusTable.Images[((times % Degree) + Degree) % Degree];
        return c0 + (images[1] * c1) + (images[2] * c2) + (images[3] * c3) + (images[4] * c4);
    }

    /// <inheritdoc/>
    public Extension5 Pow(ulong exponent) => FieldAlgorithms.Power(this, exponent);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryInverse(out Extension5 inverse)
    {
        // Itoh–Tsujii: with t = a^(p + p² + p³ + p⁴), a·t = N(a) lies in the base field and a⁻¹ = t / N(a).
        var a1 = Frobenius();
        var a12 = a1 * a1.Frobenius();
        var t = a12 * a12.Frobenius(2);
        var norm = (this * t).c0;
        var exists = norm.TryInverse(out var normInverse);
        inverse = t * normInverse;
        return exists;
    }

    /// <inheritdoc/>
    public Extension5 Inverse() =>
        TryInverse(out var inverse) ? inverse : throw new DivideByZeroException("Zero has no inverse.");

    /// <inheritdoc/>
    public bool Equals(Extension5 other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Extension5 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(c0, c1, c2, c3, c4);

    /// <summary>The canonical coordinates, constant first.</summary>
    public override string ToString() => $"({c0}, {c1}, {c2}, {c3}, {c4})";

    // The reduction takes values below p·2³². Four products stay below 2p·2³² < 2⁶⁴, since 2p < 2³²; Below brings such a sum under p·2³².
    private const ulong Bound = (ulong)KoalaBear.Modulus << 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Below(ulong sum) => Math.Min(sum, sum - Bound);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static KoalaBear Reduced(ulong sum) => KoalaBear.FromRaw(KoalaBear.Reduce(Below(sum)));

    private static class FrobeniusTable
    {
        /// <summary>[k][i] = X^(i·p^k).</summary>
        public static readonly Extension5[][] Images = Compute();

        private static Extension5[][] Compute()
        {
            var images = new Extension5[Degree][];
            var image = X;
            for (var k = 0; k < Degree; k++)
            {
                images[k] = new Extension5[Degree];
                FieldAlgorithms.Powers(image, images[k]);
                image = image.Pow(KoalaBear.Modulus);
            }

            return images;
        }
    }
}
