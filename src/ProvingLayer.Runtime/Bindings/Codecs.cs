using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime.Values;

namespace ProvingLayer.Runtime.Bindings;

/// <summary>The codecs of Tenor's types. For generated code.</summary>
public static class Codecs
{
    // Longer bytes are several scalars, each of as many bytes but the last.
    private const int PieceLength = 32;

    private static readonly ValueCodec<ByteString> s_address = Bytes(AddressValue.Length);

    /// <summary><c>bool</c></summary>
    public static ValueCodec<bool> Boolean { get; } = Leaf(ScalarKind.Boolean, static v => Scalar.Of(v), static s => s.IsTrue);

    /// <summary><c>u8</c></summary>
    public static ValueCodec<byte> U8 { get; } = Number<byte>(static v => v, static n => (byte)n);

    /// <summary><c>u16</c></summary>
    public static ValueCodec<ushort> U16 { get; } = Number<ushort>(static v => v, static n => (ushort)n);

    /// <summary><c>u32</c></summary>
    public static ValueCodec<uint> U32 { get; } = Number<uint>(static v => v, static n => (uint)n);

    /// <summary><c>u64</c></summary>
    public static ValueCodec<ulong> U64 { get; } = Number<ulong>(static v => v, static n => (ulong)n);

    /// <summary><c>u128</c></summary>
    public static ValueCodec<UInt128> U128 { get; } = Number<UInt128>(static v => v, static n => (UInt128)n);

    /// <summary><c>i64</c></summary>
    public static ValueCodec<long> I64 { get; } = Number<long>(static v => v, static n => (long)n);

    /// <summary><c>i128</c></summary>
    public static ValueCodec<Int128> I128 { get; } = Number<Int128>(static v => v, static n => (Int128)n);

    /// <summary>A number of more than 128 bits, as the whole number that is stored.</summary>
    public static ValueCodec<BigInteger> Wide { get; } = Number<BigInteger>(static v => v, static n => n);

    /// <summary><c>time</c>; written values must be whole seconds.</summary>
    public static ValueCodec<DateTimeOffset> Time { get; } = Number<DateTimeOffset>(static v => Seconds(v), static n => DateTimeOffset.FromUnixTimeSeconds((long)n));

    /// <summary><c>duration</c>; written values must be whole seconds.</summary>
    public static ValueCodec<TimeSpan> Duration { get; } = Number<TimeSpan>(
        static v => v.Ticks % TimeSpan.TicksPerSecond == 0 ? v.Ticks / TimeSpan.TicksPerSecond : throw NotWhole(), static n => TimeSpan.FromSeconds((long)n));

    /// <summary><c>hash</c></summary>
    public static ValueCodec<HashValue> Hash { get; } = Leaf(ScalarKind.Digest, static v => Scalar.Of(v.Digest), static s => new HashValue(s.Digest));

    /// <summary><c>key</c></summary>
    public static ValueCodec<PartyKey> Key { get; } = Leaf(ScalarKind.Digest, static v => Scalar.Of(v.Digest), static s => new PartyKey(s.Digest));

    /// <summary><c>address</c></summary>
    public static ValueCodec<AddressValue> Address { get; } = new(
        static (value, path, into) => s_address.Write(value.Bytes, path, into),
        static (path, into) => s_address.Clear(path, into),
        static (path, from) => new(s_address.Read(path, from)));

    /// <summary><c>bytes&lt;N&gt;</c>; written values must have N bytes.</summary>
    /// <param name="length">N.</param>
    /// <returns>The codec.</returns>
    public static ValueCodec<ByteString> Bytes(int length)
    {
        var pieces = (length + PieceLength - 1) / PieceLength;
        return new(
            (value, path, into) =>
            {
                if (value.Length != length)
                {
                    throw new ArgumentException($"{path} has {length} bytes", nameof(value));
                }

                for (var i = 0; i < pieces; i++)
                {
                    into[PathOf(path, i)] = ScalarFormat.OfBytes(value.AsSpan().Slice(i * PieceLength, LengthOf(i)));
                }
            },
            (path, into) =>
            {
                for (var i = 0; i < pieces; i++)
                {
                    into[PathOf(path, i)] = Scalar.Zero(ScalarKind.Integer);
                }
            },
            (path, from) => new([.. Enumerable.Range(0, pieces).SelectMany(i => Leaf(ScalarKind.Integer, static _ => default, s => Read(s, LengthOf(i))).Read(PathOf(path, i), from))]));

        string PathOf(string path, int i) => pieces == 1 ? path : Path(path, i);
        int LengthOf(int i) => Math.Min(PieceLength, length - (i * PieceLength));

        static byte[] Read(Scalar scalar, int count)
        {
            var bytes = new byte[count];
            ScalarFormat.WriteBytes(scalar, bytes);
            return bytes;
        }
    }

    /// <summary><c>qty&lt;A&gt;</c>, and a vault's balance.</summary>
    /// <typeparam name="TAsset">A.</typeparam>
    /// <returns>The codec.</returns>
    public static ValueCodec<Qty<TAsset>> Quantity<TAsset>()
        where TAsset : IAsset => Number<Qty<TAsset>>(static v => v.Units, static n => new((UInt128)n));

    /// <summary><c>dec&lt;S, unit&gt;</c></summary>
    /// <typeparam name="TPlaces">S.</typeparam>
    /// <typeparam name="TUnit">The unit.</typeparam>
    /// <returns>The codec.</returns>
    public static ValueCodec<FixedDecimal<TPlaces, TUnit>> FixedDecimal<TPlaces, TUnit>()
        where TPlaces : IPlaces
        where TUnit : IUnit => Number<FixedDecimal<TPlaces, TUnit>>(static v => v.Raw, static n => new((Int128)n));

    /// <summary><c>[T; N]</c></summary>
    /// <typeparam name="T">The element's type.</typeparam>
    /// <param name="element">The element's codec.</param>
    /// <param name="length">N.</param>
    /// <returns>The codec.</returns>
    public static ValueCodec<ImmutableArray<T>> Array<T>(ValueCodec<T> element, int length)
    {
        ArgumentNullException.ThrowIfNull(element);
        return new(
            (value, path, into) =>
            {
                if (value.IsDefault || value.Length != length)
                {
                    throw new ArgumentException($"{path} has {length} elements", nameof(value));
                }

                for (var i = 0; i < length; i++)
                {
                    element.Write(value[i], Path(path, i), into);
                }
            },
            (path, into) =>
            {
                for (var i = 0; i < length; i++)
                {
                    element.Clear(Path(path, i), into);
                }
            },
            (path, from) => [.. Enumerable.Range(0, length).Select(i => element.Read(Path(path, i), from))]);
    }

    /// <summary><c>T?</c> of a T that is a value type here.</summary>
    /// <typeparam name="T">T.</typeparam>
    /// <param name="element">T's codec.</param>
    /// <returns>The codec: null stands for <c>none</c>.</returns>
    public static ValueCodec<T?> Optional<T>(ValueCodec<T> element)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(element);
        return Optional<T?>((v, p, into) => element.Write(v!.Value, p, into), element.Clear, (p, from) => element.Read(p, from), null);
    }

    /// <summary><c>T?</c> of a T that is a class here.</summary>
    /// <typeparam name="T">T.</typeparam>
    /// <param name="element">T's codec.</param>
    /// <returns>The codec: null stands for <c>none</c>.</returns>
    public static ValueCodec<T?> OptionalReference<T>(ValueCodec<T> element)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(element);
        return Optional<T?>((v, p, into) => element.Write(v!, p, into), element.Clear, (p, from) => element.Read(p, from), null);
    }

    /// <summary>What a value whose tag is of no variant is refused with.</summary>
    /// <param name="path">The value's path.</param>
    /// <returns>The exception.</returns>
    public static TenorException NoVariant(string path) =>
        new(new(TenorErrorKind.Mismatch, $"{path} is of a variant that these bindings do not have"));

    // A value that is there stands under '.value', else zeros do.
    private static ValueCodec<T> Optional<T>(
        Action<T, string, IDictionary<string, Scalar>> write,
        Action<string, IDictionary<string, Scalar>> clear,
        Func<string, IReadOnlyDictionary<string, Scalar>, T> read,
        T none) => new(
        (value, path, into) =>
        {
            Boolean.Write(value is not null, path + ".some", into);
            if (value is not null)
            {
                write(value, path + ".value", into);
            }
            else
            {
                clear(path + ".value", into);
            }
        },
        (path, into) =>
        {
            Boolean.Clear(path + ".some", into);
            clear(path + ".value", into);
        },
        (path, from) => Boolean.Read(path + ".some", from) ? read(path + ".value", from) : none);

    /// <summary>A whole second.</summary>
    internal static long Seconds(DateTimeOffset time) => time.Ticks % TimeSpan.TicksPerSecond == 0 ? time.ToUnixTimeSeconds() : throw NotWhole();

    private static string Path(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    private static ArgumentException NotWhole() => new("times and durations are whole seconds");

    private static ValueCodec<T> Number<T>(Func<T, BigInteger> write, Func<BigInteger, T> read) => Leaf(ScalarKind.Integer, v => Scalar.Of(write(v)), s => read(s.Number));

    // A message names the path and never the value: it may be a private one.
    private static ValueCodec<T> Leaf<T>(ScalarKind kind, Func<T, Scalar> write, Func<Scalar, T> read) => new(
        (value, path, into) => into[path] = write(value),
        (path, into) => into[path] = Scalar.Zero(kind),
        (path, from) =>
        {
            if (!from.TryGetValue(path, out var scalar) || scalar.Kind != kind)
            {
                throw new TenorException(new(TenorErrorKind.Mismatch, $"{path} is missing, or of another type than these bindings have it"));
            }

            try
            {
                return read(scalar);
            }
            catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
            {
                throw new TenorException(new(TenorErrorKind.Mismatch, $"{path} does not fit the type that these bindings have for it"));
            }
        });
}
