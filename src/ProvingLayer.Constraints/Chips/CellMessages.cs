using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Chips;

/// <summary>
/// The messages about cells. Every one carries the instance and an address that key generation fixes, so what a row reads is what the one
/// writer of that cell has written in the same instance. A result's multiplicity is its number of readers, or −1: then the result must
/// equal a cell written before.
/// </summary>
internal static class CellMessages
{
    public static T Element<T>(int index)
        where T : struct, IRing<T> => T.FromBase(KoalaBear.FromCanonical((uint)index));

    /// <summary>Reads a cell whose limbs are consecutive main columns.</summary>
    public static void Read<T, TBuilder>(ref TBuilder builder, Bus bus, T enabled, T address, int firstColumn, string name)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        var limbs = default(Limbs<T>);
        for (var i = 0; i < bus.Width() - 2; i++)
            limbs[i] = builder.Main(firstColumn + i);
        Read<T, TBuilder>(ref builder, bus, enabled, address, limbs, name);
    }

    public static void Read<T, TBuilder>(ref TBuilder builder, Bus bus, T enabled, T address, scoped ReadOnlySpan<T> limbs, string name)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        var message = default(Message<T>);
        Compose<T, TBuilder>(ref builder, bus, address, limbs, message);
        builder.Receive(bus, MultiplicityKind.Preprocessed, enabled, message[..bus.Width()], name);
    }

    /// <summary>Reads a base element: the bus forces the four upper limbs to be zero.</summary>
    public static void ReadBase<T, TBuilder>(ref TBuilder builder, T enabled, T address, T value, string name)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct =>
        builder.Receive(
            Bus.Value, MultiplicityKind.Preprocessed, enabled, [builder.Instance, address, value, T.Zero, T.Zero, T.Zero, T.Zero], name);

    /// <summary>Writes a cell whose limbs are consecutive main columns.</summary>
    public static void Write<T, TBuilder>(ref TBuilder builder, Bus bus, T multiplicity, T address, int firstColumn, string name)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        var limbs = default(Limbs<T>);
        for (var i = 0; i < bus.Width() - 2; i++)
            limbs[i] = builder.Main(firstColumn + i);
        Write<T, TBuilder>(ref builder, bus, multiplicity, address, limbs, name);
    }

    public static void Write<T, TBuilder>(ref TBuilder builder, Bus bus, T multiplicity, T address, scoped ReadOnlySpan<T> limbs, string name)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        var message = default(Message<T>);
        Compose<T, TBuilder>(ref builder, bus, address, limbs, message);
        builder.Send(bus, MultiplicityKind.Preprocessed, multiplicity, message[..bus.Width()], name);
    }

    /// <summary>Writes a base element.</summary>
    public static void WriteBase<T, TBuilder>(ref TBuilder builder, T multiplicity, T address, T value, string name)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct =>
        builder.Send(
            Bus.Value, MultiplicityKind.Preprocessed, multiplicity, [builder.Instance, address, value, T.Zero, T.Zero, T.Zero, T.Zero], name);

    /// <summary>Looks a value up in the byte table.</summary>
    public static void LookUpByte<T, TBuilder>(ref TBuilder builder, T enabled, T value, string name)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct =>
        builder.Receive(Bus.Byte, MultiplicityKind.Preprocessed, enabled, [value], name);

    public static void AssertBoolean<T, TBuilder>(ref TBuilder builder, T value, string name)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct =>
        builder.AssertZero(value * (value - T.One), name);

    private static void Compose<T, TBuilder>(
        ref TBuilder builder, Bus bus, T address, scoped ReadOnlySpan<T> limbs, scoped Span<T> values)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct
    {
        values[0] = builder.Instance;
        values[1] = address;
        limbs[..(bus.Width() - 2)].CopyTo(values[2..]);
    }

    /// <summary>The limbs of one cell.</summary>
    [System.Runtime.CompilerServices.InlineArray(Cells.Limbs)]
    internal struct Limbs<T>
    {
        private T first;
    }

    [System.Runtime.CompilerServices.InlineArray(Buses.MaximumWidth)]
    private struct Message<T>
    {
        private T first;
    }
}
