using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Artifacts;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Runtime.Values;

/// <summary>A <c>hash</c> of Tenor: eight field elements.</summary>
/// <param name="Digest">The elements.</param>
public readonly record struct HashValue(Digest Digest)
{
    /// <summary>Reads <c>0x</c> and 64 hexadecimal digits: eight little-endian words below the field's modulus.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The value.</returns>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static HashValue Parse(string text) => new(OpaqueText.Parse(text));

    /// <inheritdoc/>
    public override string ToString() => $"0x{Digest}";
}

/// <summary>A <c>key</c> of Tenor, by which a party is known: eight field elements.</summary>
/// <param name="Digest">The elements.</param>
public readonly record struct PartyKey(Digest Digest)
{
    /// <summary>The key that <c>K.name</c> stands for in tests and scenarios. Everybody can sign with it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The key.</returns>
    public static PartyKey ForTest(string name) => new(Digests.OfTestKey(name));

    /// <summary>Reads <c>0x</c> and 64 hexadecimal digits: eight little-endian words below the field's modulus.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static PartyKey Parse(string text) => new(OpaqueText.Parse(text));

    /// <inheritdoc/>
    public override string ToString() => $"0x{Digest}";
}

/// <summary>The interval of time that a step's <c>now</c> is: both ends included, whole seconds.</summary>
/// <param name="NotBefore">Its first second.</param>
/// <param name="NotAfter">Its last second.</param>
public readonly record struct TimeWindow(DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>The window of one second.</summary>
    /// <param name="time">That second.</param>
    public static implicit operator TimeWindow(DateTimeOffset time) => new(time, time);

    /// <summary>The window of one second.</summary>
    /// <param name="time">That second.</param>
    /// <returns>The window.</returns>
    public static TimeWindow FromDateTimeOffset(DateTimeOffset time) => time;
}

internal static class OpaqueText
{
    private static readonly AbiScalar s_type = new(default, ScalarLayout.Digest, ScalarFormat.Digest);

    public static Digest Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return s_type.TryParse(text, out var value, out var error) ? value.Digest : throw new FormatException($"this is {error}");
    }
}
