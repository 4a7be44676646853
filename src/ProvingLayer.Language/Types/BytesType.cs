namespace ProvingLayer.Language.Types;

/// <summary>
/// <c>bytes&lt;N&gt;</c>: what other systems have made, opaque, only <c>==</c>. An <c>address</c> is 20 of them and a type of its own.
/// </summary>
/// <param name="Length">N.</param>
/// <param name="IsAddress">Whether it is an <c>address</c>.</param>
public sealed record BytesType(int Length, bool IsAddress = false) : TenorType
{
    /// <summary>The greatest N.</summary>
    public const int MaximumLength = 1_024;

    /// <summary>Bytes of one elementary value, two blocks of limbs; the last one has what is left.</summary>
    public const int PieceLength = 32;

    private const int AddressLength = 20;

    /// <summary><c>address</c></summary>
    public static BytesType Address { get; } = new(AddressLength, IsAddress: true);

    /// <inheritdoc/>
    public override string Name => IsAddress ? "address" : FormattableString.Invariant($"bytes<{Length}>");

    /// <inheritdoc/>
    public override long Cells => Pieces;

    /// <summary>How many elementary values it is.</summary>
    public int Pieces => (Length + PieceLength - 1) / PieceLength;

    /// <summary>How many bytes a value of a type is: opaque ones as they are, unsigned integers from the lowest byte on, arrays and tuples in order.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The number; null where values of the type are no bytes.</returns>
    public static int? LengthOf(TenorType type) => type switch
    {
        BytesType bytes => bytes.Length,
        NumberType { IsInteger: true, IsSigned: false, Direction: Direction.Exact } number => number.Bits / 8,
        ArrayType array => LengthOf(array.Element) * array.Length,
        TupleType { Elements.IsEmpty: false } tuple => tuple.Elements.Aggregate((int?)0, (sum, e) => sum + LengthOf(e)),
        _ => null,
    };

    /// <summary>Whether a type of which <see cref="LengthOf(TenorType)"/> is known leaves out some bytes.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether it holds a refined number.</returns>
    public static bool IsRefined(TenorType type) => type switch
    {
        NumberType number => number.IsRefined,
        ArrayType array => IsRefined(array.Element),
        TupleType tuple => tuple.Elements.Any(IsRefined),
        _ => false,
    };

    /// <summary>How many bytes an elementary value has.</summary>
    /// <param name="piece">Which, from 0.</param>
    /// <returns>1 to 32.</returns>
    public int LengthOf(int piece) => Math.Min(PieceLength, Length - (piece * PieceLength));
}
