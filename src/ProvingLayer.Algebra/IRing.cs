namespace ProvingLayer.Algebra;

/// <summary>
/// A commutative algebra over KoalaBear: all that a constraint may use. A text written over it is read by the checker (base field),
/// the prover (packed lanes), the verifier (extension), the degree counter, the circuit and the printer.
/// </summary>
/// <typeparam name="T">The implementing type.</typeparam>
public interface IRing<T>
    where T : struct, IRing<T>
{
    /// <summary>The neutral element of addition.</summary>
    static abstract T Zero { get; }

    /// <summary>The neutral element of multiplication.</summary>
    static abstract T One { get; }

    /// <summary>The image of a base field element.</summary>
    static abstract T FromBase(KoalaBear value);

    /// <summary>Sum.</summary>
    static abstract T operator +(T left, T right);

    /// <summary>Difference.</summary>
    static abstract T operator -(T left, T right);

    /// <summary>Product.</summary>
    static abstract T operator *(T left, T right);

    /// <summary>Additive inverse.</summary>
    static abstract T operator -(T value);

    /// <summary>Product with a base field element.</summary>
    static virtual T Scale(T value, KoalaBear factor) => value * T.FromBase(factor);

    /// <summary>value · value.</summary>
    static virtual T Square(T value) => value * value;
}
