using ProvingLayer.Algebra;

namespace ProvingLayer.Stark.LogUp;

/// <summary>How values of rows and values of challenges meet: base and extension, packed or at one point.</summary>
/// <typeparam name="TBase">The algebra of rows.</typeparam>
/// <typeparam name="TExtension">The algebra of challenges.</typeparam>
internal interface IExtensionAlgebra<TBase, TExtension>
    where TBase : struct, IRing<TBase>
    where TExtension : struct, IRing<TExtension>
{
    static abstract TExtension Lift(TBase value);

    static abstract TExtension Scale(TExtension value, TBase factor);
}

/// <summary>Sixteen rows: base field against extension.</summary>
internal readonly struct PackedAlgebra : IExtensionAlgebra<PackedKoalaBear, PackedExtension5>
{
    public static PackedExtension5 Lift(PackedKoalaBear value) => value;

    public static PackedExtension5 Scale(PackedExtension5 value, PackedKoalaBear factor) => value * factor;
}

/// <summary>One point outside the base field: rows' values are extension elements themselves.</summary>
internal readonly struct PointAlgebra<T> : IExtensionAlgebra<T, T>
    where T : struct, IRing<T>
{
    public static T Lift(T value) => value;

    public static T Scale(T value, T factor) => value * factor;
}
