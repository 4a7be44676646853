using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Ir;

/// <summary>The type of an IR value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Interval">Where an integer lies; {0} for the other kinds.</param>
public readonly record struct IrType(ScalarKind Kind, Interval Interval)
{
    /// <summary>True or false.</summary>
    public static IrType Boolean { get; } = new(ScalarKind.Boolean, default);

    /// <summary>Eight field elements.</summary>
    public static IrType Digest { get; } = new(ScalarKind.Digest, default);

    /// <summary>An integer of an interval.</summary>
    public static IrType Integer(Interval interval) => new(ScalarKind.Integer, interval);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ScalarKind.Boolean => "bool",
        ScalarKind.Digest => "digest",
        _ => Interval.ToString(),
    };
}

/// <summary>The name of an SSA value: values are numbered densely in the order of their definition.</summary>
/// <param name="Id">Its number.</param>
public readonly record struct IrValue(int Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"%{Id}";
}
