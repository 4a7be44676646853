namespace ProvingLayer.Runtime.Values;

/// <summary>A unit as a type: what keeps dollars and shares apart at compile time. Implemented by generated assets and measures.</summary>
public interface IUnit
{
    /// <summary>How the unit is written, such as <c>USD</c> or <c>USD/AAPL</c>.</summary>
    static abstract string Symbol { get; }
}

/// <summary>An asset as a type.</summary>
public interface IAsset : IUnit
{
    /// <summary>Its name with its module: its identity in receipts.</summary>
    static abstract string QualifiedName { get; }

    /// <summary>How many decimal places one whole unit has.</summary>
    static abstract int Decimals { get; }
}

/// <summary>The unit of pure numbers.</summary>
public readonly record struct One : IUnit
{
    /// <inheritdoc/>
    public static string Symbol => "1";
}

/// <summary>The unit of durations.</summary>
public readonly record struct Second : IUnit
{
    /// <inheritdoc/>
    public static string Symbol => "seconds";
}

/// <summary>A product of two units.</summary>
/// <typeparam name="TLeft">The left unit.</typeparam>
/// <typeparam name="TRight">The right unit.</typeparam>
public readonly record struct Times<TLeft, TRight> : IUnit
    where TLeft : IUnit
    where TRight : IUnit
{
    /// <inheritdoc/>
    public static string Symbol => $"{TLeft.Symbol}*{TRight.Symbol}";
}

/// <summary>A quotient of two units: <c>Per&lt;USD, AAPL&gt;</c> is dollars for a share.</summary>
/// <typeparam name="TNumerator">The unit above.</typeparam>
/// <typeparam name="TDenominator">The unit below: one, or a product.</typeparam>
public readonly record struct Per<TNumerator, TDenominator> : IUnit
    where TNumerator : IUnit
    where TDenominator : IUnit
{
    /// <inheritdoc/>
    public static string Symbol => $"{TNumerator.Symbol}/{TDenominator.Symbol.Replace('*', '/')}";
}

/// <summary>A number of decimal places as a type.</summary>
public interface IPlaces
{
    /// <summary>How many.</summary>
    static abstract int Count { get; }
}
