using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>What an expression is lowered to.</summary>
internal abstract record Value;

/// <summary>An exact number in whole units: Numerator / (Denominator · 10^Places).</summary>
/// <param name="Numerator">An integer of any sign.</param>
/// <param name="Denominator">An integer whose interval starts at 1 or above; null for 1.</param>
/// <param name="Places">Decimal places, not negative.</param>
internal sealed record NumberValue(IrValue Numerator, IrValue? Denominator, int Places) : Value;

/// <summary>A boolean or a digest.</summary>
/// <param name="Scalar">The value.</param>
internal sealed record ScalarValue(IrValue Scalar) : Value;

/// <summary>Signed data. Its scalars are those of what it holds: a signature comes in where it is opened.</summary>
/// <param name="Content">What it holds.</param>
/// <param name="Type">The type of that.</param>
/// <param name="Signer">Who signed it, in a test; null in what is proved, where it is whoever the prover has a signature of.</param>
internal sealed record SignedValue(Value Content, Language.Types.TenorType Type, IrValue? Signer) : Value;

/// <summary>A struct, a tuple or an array.</summary>
/// <param name="Elements">Its parts in order.</param>
internal sealed record AggregateValue(ImmutableArray<Value> Elements) : Value
{
    /// <summary>What a block without a value has.</summary>
    public static AggregateValue Empty { get; } = new([]);
}
