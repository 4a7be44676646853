using System.Collections.Immutable;
using ProvingLayer.Constraints.Circuits;

namespace ProvingLayer.Constraints.Chips;

/// <summary>All chips, in the order in which their tables stand in a circuit.</summary>
public static class ChipCatalog
{
    private static readonly ConstantChip Constant = new();
    private static readonly InputChip Input = new();
    private static readonly ExtensionChip Extension = new();
    private static readonly PublicChip Public = new();

    /// <summary>The range table.</summary>
    public static ByteChip Byte { get; } = new();

    /// <summary>All chips.</summary>
    public static ImmutableArray<Chip> All { get; } = [Constant, Input, Extension, Public, Byte];

    /// <summary>The chip with a name; false if there is none.</summary>
    public static bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Chip? chip)
    {
        chip = All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        return chip is not null;
    }

    internal static OperationChip Of(Operation operation) => operation switch
    {
        Operation.Constant => Constant,
        Operation.Input or Operation.Advise => Input,
        Operation.Arithmetic => Extension,
        Operation.Public => Public,
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };
}
