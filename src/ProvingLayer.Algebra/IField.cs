namespace ProvingLayer.Algebra;

/// <summary>A finite field that contains KoalaBear.</summary>
/// <typeparam name="T">The implementing type.</typeparam>
public interface IField<T> : IRing<T>, IEquatable<T>
    where T : struct, IField<T>
{
    /// <summary>Whether this is the zero of the field.</summary>
    bool IsZero { get; }

    /// <summary>The multiplicative inverse; false for zero, which has none.</summary>
    bool TryInverse(out T inverse);

    /// <summary>The multiplicative inverse.</summary>
    /// <exception cref="DivideByZeroException">The value is zero.</exception>
    T Inverse();

    /// <summary>The value raised to <paramref name="exponent"/>; 0⁰ = 1.</summary>
    T Pow(ulong exponent);
}
