using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Signatures;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Testing;

/// <summary>A value that is known: what a test's expression came to.</summary>
internal abstract record Concrete
{
    /// <summary>Reads a value all of whose parts are known.</summary>
    public static Concrete Of(IrBuilder builder, Value value) => value switch
    {
        NumberValue number => new ConcreteNumber(
            Known(builder, number.Numerator).Number,
            number.Denominator is { } d ? Known(builder, d).Number : BigInteger.One,
            number.Places),
        ScalarValue scalar => new ConcreteScalar(Known(builder, scalar.Scalar)),
        SignedValue signed => new ConcreteSigned(Of(builder, signed.Content), signed.Type, signed.Signer is { } signer ? Known(builder, signer) : null),
        AggregateValue aggregate => new ConcreteAggregate([.. aggregate.Elements.Select(e => Of(builder, e))]),
        _ => throw new InvalidOperationException("compiler bug: a value of no kind"),
    };

    /// <summary>The value as constants of another function.</summary>
    public abstract Value Write(IrBuilder builder);

    /// <summary>The scalars of a stored value.</summary>
    public abstract IEnumerable<Scalar> Scalars();

    /// <summary>The signed data inside.</summary>
    public virtual IEnumerable<ConcreteSigned> Signed() => [];

    private static Scalar Known(IrBuilder builder, IrValue value) =>
        builder.KnownValue(value) ?? throw new InvalidOperationException("compiler bug: a value of a test is not known");
}

internal sealed record ConcreteNumber(BigInteger Numerator, BigInteger Denominator, int Places) : Concrete
{
    public override Value Write(IrBuilder builder) =>
        new NumberValue(builder.Constant(Numerator), Denominator.IsOne ? null : builder.Constant(Denominator), Places);

    public override IEnumerable<Scalar> Scalars() => [Scalar.Of(Numerator)];
}

internal sealed record ConcreteScalar(Scalar Value) : Concrete
{
    public override Value Write(IrBuilder builder) => new ScalarValue(builder.Constant(Value));

    public override IEnumerable<Scalar> Scalars() => [Value];
}

internal sealed record ConcreteAggregate(ImmutableArray<Concrete> Elements) : Concrete
{
    public override Value Write(IrBuilder builder) => new AggregateValue([.. Elements.Select(e => e.Write(builder))]);

    public override IEnumerable<Scalar> Scalars() => Elements.SelectMany(e => e.Scalars());

    public override IEnumerable<ConcreteSigned> Signed() => Elements.SelectMany(e => e.Signed());
}

/// <param name="Content">What is signed.</param>
/// <param name="Type">The type of that.</param>
/// <param name="Signer">The test key that signed it; null of what stands in a case that a value is not of.</param>
internal sealed record ConcreteSigned(Concrete Content, TenorType Type, Scalar? Signer) : Concrete
{
    /// <summary>What a step is given to show the signature.</summary>
    public SignedDatum Datum => new(TestKeys.WithRoot(Signer!.Value.Digest), SignedData.MessageOf(Type, Content.Scalars()));

    public override Value Write(IrBuilder builder) => new SignedValue(Content.Write(builder), Type, Signer is { } signer ? builder.Constant(signer) : null);

    public override IEnumerable<Scalar> Scalars() => Content.Scalars();

    public override IEnumerable<ConcreteSigned> Signed() => Signer is null ? [] : [this];
}
