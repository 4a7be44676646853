using System.Collections.Immutable;
using System.Numerics;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Lowering;
using ProvingLayer.Constraints.Encoding;

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
        AggregateValue aggregate => new ConcreteAggregate([.. aggregate.Elements.Select(e => Of(builder, e))]),
        _ => throw new InvalidOperationException("compiler bug: a value of no kind"),
    };

    /// <summary>The value as constants of another function.</summary>
    public abstract Value Write(IrBuilder builder);

    /// <summary>The scalars of a stored value.</summary>
    public abstract IEnumerable<Scalar> Scalars();

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
}
