using System.Collections.Immutable;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Chips;

namespace ProvingLayer.Constraints.Tests.Checking;

/// <summary>Chips that must not be used.</summary>
public class ChipRules
{
    public static TheoryData<string> Chips => [.. ChipCatalog.All.Select(chip => chip.Name)];

    [Theory]
    [MemberData(nameof(Chips))]
    public void Every_chip_of_the_catalog_satisfies_the_rules(string name)
    {
        Assert.True(ChipCatalog.TryGet(name, out var chip));
        Assert.Empty(MachineRules.FaultsOf(chip));
        Assert.Equal(chip.MainColumns.Length, chip.MainColumns.Distinct().Count());
        Assert.Equal(chip.PreprocessedColumns.Length, chip.PreprocessedColumns.Distinct().Count());
        Assert.Equal(chip.Reading.Constraints.Length, chip.Reading.Constraints.Select(c => c.Name).Distinct().Count());
    }

    [Theory]
    [InlineData(Fault.Degree, "has degree 4, declared is 3")]
    [InlineData(Fault.HelperDegree, "a helper column has degree 5")]
    [InlineData(Fault.Width, "1 values on a bus of width 7")]
    [InlineData(Fault.NoInstance, "the first value of a cell's message is the instance")]
    [InlineData(Fault.FreeAddress, "the address is not preprocessed")]
    [InlineData(Fault.FreeMultiplicity, "the multiplicity is not preprocessed")]
    [InlineData(Fault.BooleanCell, "a cell is written and read with preprocessed multiplicities")]
    [InlineData(Fault.UnassertedBoolean, "the multiplicity is not asserted to be boolean")]
    [InlineData(Fault.OtherBoolean, "the multiplicity is not asserted to be boolean")]
    [InlineData(Fault.CountOnWitness, "a free count is for messages that are wholly preprocessed")]
    [InlineData(Fault.CountedRead, "bytes are sent by the shared table and received by the others")]
    [InlineData(Fault.FreePublicIndex, "public values are received, at a preprocessed index")]
    [InlineData(Fault.SentPublic, "public values are received, at a preprocessed index")]
    [InlineData(Fault.SharedCell, "a shared table has no cells")]
    [InlineData(Fault.NextRow, "whether the next preprocessed row is read")]
    [InlineData(Fault.UndeclaredColumn, "a column is read that the chip does not declare")]
    [InlineData(Fault.UnknownBus, "there is no such bus")]
    public void C11_a_faulty_chip_is_refused(Fault fault, string message) =>
        Assert.Contains(MachineRules.FaultsOf(new FaultyChip(fault)), found => found.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void C11_an_asserted_boolean_multiplicity_is_accepted() => Assert.Empty(MachineRules.FaultsOf(new FaultyChip(Fault.None)));

    public enum Fault
    {
        None,
        Degree,
        HelperDegree,
        Width,
        NoInstance,
        FreeAddress,
        FreeMultiplicity,
        BooleanCell,
        UnassertedBoolean,
        OtherBoolean,
        CountOnWitness,
        CountedRead,
        FreePublicIndex,
        SentPublic,
        SharedCell,
        NextRow,
        UndeclaredColumn,
        UnknownBus,
    }

    private sealed class FaultyChip(Fault fault) : Chip
    {
        public override string Name => "faulty";

        public override int Degree => 3;

        public override ImmutableArray<string> MainColumns { get; } = ["x", "m"];

        public override ImmutableArray<string> PreprocessedColumns { get; } = ["p", "address"];

        public override bool IsShared => fault is Fault.SharedCell or Fault.CountOnWitness;

        public override void Constrain<T, TBuilder>(ref TBuilder builder)
        {
            var (x, m, p, address) = (builder.Main(0), builder.Main(1), builder.Preprocessed(0), builder.Preprocessed(1));
            var pre = MultiplicityKind.Preprocessed;
            if (fault != Fault.UnassertedBoolean)
                builder.AssertZero(fault == Fault.OtherBoolean ? x * (x - T.One) : m * (T.One - m), "m is boolean");
            if (!IsShared)
                builder.Receive(Bus.Public, MultiplicityKind.Boolean, m, [p, x], "boolean");
            switch (fault)
            {
                case Fault.Degree:
                    builder.AssertZero(x * x * x * p, "cube");
                    break;
                case Fault.HelperDegree:
                    builder.Receive(Bus.Public, pre, p, [p, T.Square(x * x)], "high");
                    break;
                case Fault.Width:
                    builder.Receive(Bus.Value, pre, p, [x], "narrow");
                    break;
                case Fault.NoInstance:
                    builder.Receive(Bus.Value, pre, p, [p, address, x, x, x, x, x], "read");
                    break;
                case Fault.FreeAddress:
                    builder.Receive(Bus.Value, pre, p, [builder.Instance, x, x, x, x, x, x], "read");
                    break;
                case Fault.FreeMultiplicity:
                    builder.Receive(Bus.Value, pre, p * x, [builder.Instance, address, x, x, x, x, x], "read");
                    break;
                case Fault.BooleanCell:
                    builder.Receive(Bus.Value, MultiplicityKind.Boolean, m, [builder.Instance, address, x, x, x, x, x], "read");
                    break;
                case Fault.CountOnWitness:
                    builder.Send(Bus.Byte, MultiplicityKind.Count, x, [m], "byte");
                    break;
                case Fault.CountedRead:
                    builder.Send(Bus.Byte, MultiplicityKind.Count, x, [p], "byte");
                    break;
                case Fault.FreePublicIndex:
                    builder.Receive(Bus.Public, pre, p, [x, x], "public");
                    break;
                case Fault.SentPublic:
                    builder.Send(Bus.Public, pre, p, [p, x], "public");
                    break;
                case Fault.SharedCell:
                    builder.Receive(Bus.Value, pre, p, [builder.Instance, address, x, x, x, x, x], "read");
                    break;
                case Fault.NextRow:
                    builder.AssertZero(builder.PreprocessedNext(0) - x, "next");
                    break;
                case Fault.UndeclaredColumn:
                    builder.AssertZero(builder.Main(2), "undeclared");
                    break;
                case Fault.UnknownBus:
                    builder.Receive((Bus)9, pre, p, [x], "unknown");
                    break;
            }
        }
    }
}
