using System.Collections.Immutable;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Language.Bound;

namespace ProvingLayer.Compiler.Ir;

/// <summary>
/// What one instruction does. All are total on the intervals of their operands, except <see cref="IrNarrow"/> and
/// <see cref="IrRequire"/>, the only two that can fail. Untaken arms are selected away before, so that no operation carries a predicate.
/// </summary>
public abstract record IrOp
{
    /// <summary>How many values it defines.</summary>
    public virtual int ResultCount => 1;

    /// <summary>Whether it must stay even if nobody reads it.</summary>
    public virtual bool IsCheck => false;

    /// <summary>What it computes with, in order (not what its failure would print).</summary>
    public abstract ImmutableArray<IrValue> Operands { get; }

    /// <summary>The same operation on other values, those its failure prints included.</summary>
    public abstract IrOp Map(Func<IrValue, IrValue> map);
}

/// <summary>A value that comes from outside, range-checked to the interval of its type.</summary>
/// <param name="Index">The index in the function's list of inputs.</param>
public sealed record IrInputOp(int Index) : IrOp
{
    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [];

    /// <inheritdoc/>
    public override bool IsCheck => true;

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this;
}

/// <summary>A known value.</summary>
/// <param name="Value">The value.</param>
public sealed record IrConstant(Scalar Value) : IrOp
{
    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this;
}

/// <summary>The operations on two values.</summary>
public enum IrBinaryKind
{
    /// <summary>Sum of two integers.</summary>
    Add,

    /// <summary>Difference of two integers.</summary>
    Subtract,

    /// <summary>Product of two integers.</summary>
    Multiply,

    /// <summary>Whether the left integer is less than the right.</summary>
    Less,

    /// <summary>Whether two values of one kind are equal.</summary>
    Equal,

    /// <summary>Both of two booleans.</summary>
    And,

    /// <summary>Either of two booleans.</summary>
    Or,
}

/// <summary>An operation on two values.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Right">The right operand.</param>
public sealed record IrBinary(IrBinaryKind Kind, IrValue Left, IrValue Right) : IrOp
{
    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Left, Right];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Left = map(Left), Right = map(Right) };
}

/// <summary>
/// Quotient q = ⌊n / d⌋ and remainder r = n − q·d, 0 ≤ r &lt; d: two results, in this order. The divisor's interval starts at 1 or above.
/// The one way to divide, and so to round.
/// </summary>
/// <param name="Numerator">n, of any sign.</param>
/// <param name="Divisor">d, at least 1.</param>
public sealed record IrDivRem(IrValue Numerator, IrValue Divisor) : IrOp
{
    /// <inheritdoc/>
    public override int ResultCount => 2;

    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Numerator, Divisor];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Numerator = map(Numerator), Divisor = map(Divisor) };
}

/// <summary>The other boolean.</summary>
/// <param name="Value">A boolean.</param>
public sealed record IrNot(IrValue Value) : IrOp
{
    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Value];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Value = map(Value) };
}

/// <summary>One of two values of one kind.</summary>
/// <param name="Condition">A boolean.</param>
/// <param name="WhenTrue">The value if it is true.</param>
/// <param name="WhenFalse">The value if it is false.</param>
public sealed record IrSelect(IrValue Condition, IrValue WhenTrue, IrValue WhenFalse) : IrOp
{
    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Condition, WhenTrue, WhenFalse];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) =>
        this with { Condition = map(Condition), WhenTrue = map(WhenTrue), WhenFalse = map(WhenFalse) };
}

/// <summary>The range check that stands wherever an integer is stored: the same value, known to lie in an interval.</summary>
/// <param name="Value">An integer.</param>
/// <param name="Interval">Where it must lie.</param>
/// <param name="Failure">What is reported when it does not.</param>
public sealed record IrNarrow(IrValue Value, Interval Interval, IrFailure Failure) : IrOp
{
    /// <inheritdoc/>
    public override bool IsCheck => true;

    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Value];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Value = map(Value), Failure = Failure.Map(map) };
}

/// <summary>A condition that must hold.</summary>
/// <param name="Condition">A boolean.</param>
/// <param name="Failure">What is reported when it does not.</param>
public sealed record IrRequire(IrValue Condition, IrFailure Failure) : IrOp
{
    /// <inheritdoc/>
    public override int ResultCount => 0;

    /// <inheritdoc/>
    public override bool IsCheck => true;

    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Condition];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Condition = map(Condition), Failure = Failure.Map(map) };
}

/// <summary>A byte of an integer: ⌊v / 256^Index⌋ mod 256.</summary>
/// <param name="Value">v, an integer that is not negative.</param>
/// <param name="Index">Which byte, from the lowest; at most 31.</param>
public readonly record struct IrByte(IrValue Value, int Index);

/// <summary>The integer of bytes of others, 1 to 32 of them: Σ bᵢ·256^i. Slices, concatenations and changes of byte order are all this.</summary>
/// <param name="Bytes">The bytes, from the lowest.</param>
public sealed record IrBytes(ImmutableArray<IrByte> Bytes) : IrOp
{
    /// <summary>Most bytes of one integer, and of those that they are taken from.</summary>
    public const int MaximumLength = 32;

    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [.. Bytes.Select(b => b.Value)];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => new IrBytes([.. Bytes.Select(b => b with { Value = map(b.Value) })]);

    /// <inheritdoc/>
    public bool Equals(IrBytes? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var part in Bytes)
            hash.Add(part);
        return hash.ToHashCode();
    }
}

/// <summary>The digest of bytes by a hash function of another system: an integer of 32 bytes, the first the lowest.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Pieces">The message, 32 bytes an integer, the last what is left.</param>
/// <param name="Length">Bytes of the message.</param>
public sealed record IrByteHash(ByteHashKind Kind, ImmutableArray<IrValue> Pieces, int Length) : IrOp
{
    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => Pieces;

    /// <summary>How many bytes a piece has.</summary>
    public int LengthOf(int piece) => Math.Min(IrBytes.MaximumLength, Length - (piece * IrBytes.MaximumLength));

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Pieces = [.. Pieces.Select(map)] };

    /// <inheritdoc/>
    public bool Equals(IrByteHash? other) => other is not null && Kind == other.Kind && Length == other.Length && Pieces.AsSpan().SequenceEqual(other.Pieces.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Length, Pieces[0]);
}

/// <summary>A value and how it is laid out in limbs.</summary>
/// <param name="Value">The value.</param>
/// <param name="Layout">Its limbs.</param>
public readonly record struct IrPart(IrValue Value, ScalarLayout Layout);

/// <summary>The digest of a list of values, packed into blocks (<see cref="BlockPacking"/>), by the variable-length sponge.</summary>
/// <param name="Tag">The domain tag.</param>
/// <param name="Parts">The values in order; may be empty.</param>
public sealed record IrHash(DomainTag Tag, ImmutableArray<IrPart> Parts) : IrOp
{
    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [.. Parts.Select(p => p.Value)];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Parts = [.. Parts.Select(p => p with { Value = map(p.Value) })] };

    /// <inheritdoc/>
    public bool Equals(IrHash? other) => other is not null && Tag == other.Tag && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Tag);
        foreach (var part in Parts)
            hash.Add(part);
        return hash.ToHashCode();
    }
}

/// <summary>
/// The root of the path from a leaf: at level i the node stands on the right where bit i of the index is 1. A key that is its own index is given as it is
/// (at most as many bits as levels); of a digest the first bits count.
/// </summary>
/// <param name="Leaf">The leaf's digest.</param>
/// <param name="Index">An integer, a boolean or a digest.</param>
/// <param name="Layout">The index's limbs.</param>
/// <param name="Siblings">A digest a level, the leaf's first. An input of role <see cref="IrInputRole.MapSibling"/> or <see cref="IrInputRole.SignatureSibling"/> stands in the paths of one index only.</param>
public sealed record IrPath(IrValue Leaf, IrValue Index, ScalarLayout Layout, ImmutableArray<IrValue> Siblings) : IrOp
{
    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Leaf, Index, .. Siblings];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) =>
        this with { Leaf = map(Leaf), Index = map(Index), Siblings = [.. Siblings.Select(map)] };

    /// <inheritdoc/>
    public bool Equals(IrPath? other) =>
        other is not null && Leaf == other.Leaf && Index == other.Index && Layout == other.Layout && Siblings.AsSpan().SequenceEqual(other.Siblings.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Leaf, Index, Siblings.Length);
}

/// <summary>
/// The leaf that a signature's chains lead to, if they stand at the digits of a hash (<see cref="Constraints.Signatures.SignatureScheme"/>).
/// </summary>
/// <param name="Hash">The digest that the digits come from.</param>
/// <param name="Chains">A value of each chain.</param>
public sealed record IrChains(IrValue Hash, ImmutableArray<IrValue> Chains) : IrOp
{
    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Hash, .. Chains];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Hash = map(Hash), Chains = [.. Chains.Select(map)] };

    /// <inheritdoc/>
    public bool Equals(IrChains? other) => other is not null && Hash == other.Hash && Chains.AsSpan().SequenceEqual(other.Chains.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Hash, Chains.Length);
}

/// <summary>Asks whoever runs the function for a signature, before its inputs are read: no constraint and no row. Where the inputs are given, it does nothing.</summary>
/// <param name="Signature">The signature, an index in the function's list.</param>
/// <param name="Key">Who has to sign.</param>
/// <param name="Message">What.</param>
public sealed record IrAskSignature(int Signature, IrValue Key, IrValue Message) : IrOp
{
    /// <inheritdoc/>
    public override int ResultCount => 0;

    /// <inheritdoc/>
    public override bool IsCheck => true;

    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Key, Message];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Key = map(Key), Message = map(Message) };
}

/// <summary>
/// Asks whoever runs the function for the witness of an access, before its inputs are read: no constraint and no row. Where the inputs are given, it does
/// nothing.
/// </summary>
/// <param name="Access">The access, an index in the function's list.</param>
/// <param name="Root">The map's root.</param>
/// <param name="Key">The key's scalars.</param>
public sealed record IrAsk(int Access, IrValue Root, ImmutableArray<IrValue> Key) : IrOp
{
    /// <inheritdoc/>
    public override int ResultCount => 0;

    /// <inheritdoc/>
    public override bool IsCheck => true;

    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Root, .. Key];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Root = map(Root), Key = [.. Key.Select(map)] };

    /// <inheritdoc/>
    public bool Equals(IrAsk? other) => other is not null && Access == other.Access && Root == other.Root && Key.AsSpan().SequenceEqual(other.Key.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Access, Root);
}

/// <summary>Tells whoever runs the function what a write makes of a map: no constraint and no row.</summary>
/// <param name="Access">The access that opened the key.</param>
/// <param name="Before">The root before.</param>
/// <param name="Key">The key's scalars.</param>
/// <param name="Value">The value's scalars; none where the entry is taken out.</param>
/// <param name="After">The root after.</param>
public sealed record IrTell(int Access, IrValue Before, ImmutableArray<IrValue> Key, ImmutableArray<IrValue>? Value, IrValue After) : IrOp
{
    /// <inheritdoc/>
    public override int ResultCount => 0;

    /// <inheritdoc/>
    public override bool IsCheck => true;

    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Before, .. Key, .. Value ?? [], After];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with
    {
        Before = map(Before),
        Key = [.. Key.Select(map)],
        Value = Value is { } value ? [.. value.Select(map)] : null,
        After = map(After),
    };

    /// <inheritdoc/>
    public bool Equals(IrTell? other) => other is not null && Access == other.Access && Operands.AsSpan().SequenceEqual(other.Operands.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Access, Before, After);
}

/// <summary>
/// Verifies an inner proof: that it shows, under the key of its statement, these digests of public arguments and result. No value comes of it: what the proof says is among the inputs.
/// </summary>
/// <param name="Proof">The proof, an index in the function's list.</param>
/// <param name="Arguments">The digest of the public arguments.</param>
/// <param name="Result">The digest of the result.</param>
/// <param name="Failure">What is reported when it does not hold; what the verifier found follows.</param>
public sealed record IrVerify(int Proof, IrValue Arguments, IrValue Result, IrFailure Failure) : IrOp
{
    /// <inheritdoc/>
    public override int ResultCount => 0;

    /// <inheritdoc/>
    public override bool IsCheck => true;

    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => [Arguments, Result];

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Arguments = map(Arguments), Result = map(Result), Failure = Failure.Map(map) };
}

/// <summary>Verifies an inner proof of a history: that it shows, under the key of the machine's histories, these roots, steps, log and window.</summary>
/// <param name="Proof">The proof, an index in the function's list.</param>
/// <param name="Said">The parts of <see cref="Constraints.Histories.HistoryClaim"/>, in their order.</param>
/// <param name="Failure">What is reported when it does not hold; what the verifier found follows.</param>
public sealed record IrVerifyHistory(int Proof, ImmutableArray<IrValue> Said, IrFailure Failure) : IrOp
{
    /// <inheritdoc/>
    public override int ResultCount => 0;

    /// <inheritdoc/>
    public override bool IsCheck => true;

    /// <inheritdoc/>
    public override ImmutableArray<IrValue> Operands => Said;

    /// <inheritdoc/>
    public override IrOp Map(Func<IrValue, IrValue> map) => this with { Said = [.. Said.Select(map)], Failure = Failure.Map(map) };

    /// <inheritdoc/>
    public bool Equals(IrVerifyHistory? other) => other is not null && Proof == other.Proof && Said.AsSpan().SequenceEqual(other.Said.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Proof, Said[0]);
}
