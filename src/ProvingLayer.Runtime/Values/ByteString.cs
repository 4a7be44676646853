using System.Buffers;
using System.Collections.Immutable;

namespace ProvingLayer.Runtime.Values;

/// <summary>A <c>bytes&lt;N&gt;</c> of Tenor: what another system has made, such as a transaction's identifier. Its length is checked where it is used.</summary>
public readonly record struct ByteString
{
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly ImmutableArray<byte> bytes;

    /// <summary>These bytes.</summary>
    /// <param name="bytes">The bytes, the first first.</param>
    public ByteString(ReadOnlySpan<byte> bytes) => this.bytes = [.. bytes];

    /// <summary>How many they are.</summary>
    public int Length => AsSpan().Length;

    /// <summary>Reads <c>0x</c> and two hexadecimal digits a byte.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static ByteString Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith("0x", StringComparison.Ordinal) && text.Length % 2 == 0 && text.AsSpan(2).IndexOfAnyExcept(s_digits) < 0
            ? new(Convert.FromHexString(text.AsSpan(2)))
            : throw new FormatException("this is not 0x and two hexadecimal digits a byte");
    }

    /// <summary>The bytes, the first first.</summary>
    /// <returns>A view of them.</returns>
    public ReadOnlySpan<byte> AsSpan() => bytes.IsDefault ? default : bytes.AsSpan();

    /// <inheritdoc/>
    public bool Equals(ByteString other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(AsSpan());
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => $"0x{Convert.ToHexStringLower(AsSpan())}";
}

/// <summary>An <c>address</c> of Tenor: 20 bytes, by which another system knows an account.</summary>
public readonly record struct AddressValue
{
    /// <summary>How many bytes an address has.</summary>
    public const int Length = 20;

    private readonly ByteString bytes;

    /// <summary>The address of these bytes.</summary>
    /// <param name="bytes">20 bytes.</param>
    /// <exception cref="ArgumentException">They are not 20.</exception>
    public AddressValue(ByteString bytes) =>
        this.bytes = bytes.Length == Length ? bytes : throw new ArgumentException($"an address has {Length} bytes", nameof(bytes));

    /// <summary>Its bytes; of <see langword="default"/> 20 zeros.</summary>
    public ByteString Bytes => bytes.Length == 0 ? new(stackalloc byte[Length]) : bytes;

    /// <summary>Reads <c>0x</c> and 40 hexadecimal digits.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static AddressValue Parse(string text)
    {
        var bytes = ByteString.Parse(text);
        return bytes.Length == Length ? new(bytes) : throw new FormatException($"an address is 0x and {2 * Length} hexadecimal digits");
    }

    /// <inheritdoc/>
    public bool Equals(AddressValue other) => Bytes.Equals(other.Bytes);

    /// <inheritdoc/>
    public override int GetHashCode() => Bytes.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Bytes.ToString();
}
