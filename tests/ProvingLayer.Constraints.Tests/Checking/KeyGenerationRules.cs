using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Tests.Support;

namespace ProvingLayer.Constraints.Tests.Checking;

/// <summary>Preprocessed matrices that no builder writes: a hostile circuit.</summary>
public class KeyGenerationRules
{
    [Fact]
    public void C11_a_cell_with_a_second_writer_is_refused()
    {
        var circuit = SampleCircuits.Sums().Circuit;
        var address = Preprocessed(circuit, "input", 0, "address");
        Assert.Contains("has a second writer", Refused(circuit, "input", 1, "address", address));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-2)]
    [InlineData(100)]
    public void C11_a_multiplicity_that_is_not_the_number_of_readers_is_refused(int change)
    {
        var circuit = SampleCircuits.Sums().Circuit;
        var readers = Preprocessed(circuit, "input", 0, "readers as word");
        Refused(circuit, "input", 0, "readers as word", change == 0 ? KoalaBear.Zero : readers + Traces.Element(change));
    }

    [Fact]
    public void C11_a_message_that_reads_a_cell_twice_is_refused() =>
        Assert.Contains(
            "is read more than once by one message",
            Refused(SampleCircuits.Everything().Circuit, "extension", 0, "active", KoalaBear.FromCanonical(2)));

    [Fact]
    public void C11_a_read_of_a_cell_without_writer_is_refused()
    {
        Assert.Contains("has no writer", Refused(SampleCircuits.Sums().Circuit, "word sum", 0, "address a", KoalaBear.FromCanonical(1 << 20)));
    }

    [Theory]
    [InlineData("word sum", "active", 2)]
    [InlineData("word sum", "active", 0)]
    [InlineData("word sum", "active", -1)]
    [InlineData("word sum", "sign", 0)]
    [InlineData("word sum", "sign", 2)]
    [InlineData("word product", "active", 2)]
    [InlineData("word product", "active", 0)]
    [InlineData("select", "of words", 2)]
    [InlineData("select", "of words", 0)]
    [InlineData("select", "of blocks", 1)]
    [InlineData("equal", "of blocks", 1)]
    [InlineData("pack", "shift 1", 2)]
    [InlineData("pack", "shift 5", 1)]
    [InlineData("pack", "shift 1", 0)]
    [InlineData("bits", "active", 0)]
    [InlineData("poseidon2", "rate is a block", 1)]
    [InlineData("poseidon2", "rate is a word", 0)]
    [InlineData("poseidon2", "is a Merkle step", 1)]
    [InlineData("poseidon2", "is a Merkle step", 2)]
    [InlineData("poseidon2", "readers of sibling", 0)]
    [InlineData("poseidon2", "readers of sibling", 1)]
    [InlineData("poseidon2", "readers of next position", 1)]
    [InlineData("public", "limb 3 is public", 2)]
    [InlineData("public", "limb 3 is public", 0)]
    [InlineData("public", "index", 1)]
    [InlineData("input", "is word", 0)]
    [InlineData("input", "is word", 2)]
    [InlineData("byte", "value", 1)]
    public void C9_flags_selectors_and_tables_of_other_content_are_refused(string chip, string column, int value)
    {
        Assert.NotEmpty(Refused(SampleCircuits.Everything().Circuit, chip, 0, column, Traces.Element(value)));
    }

    /// <summary>The same in the tables over bits; rounds of the message that claim to continue the schedule leave the message unread.</summary>
    [Theory]
    [InlineData("keccak", "keccak", "active", 2)]
    [InlineData("keccak", "keccak", "active", 0)]
    [InlineData("keccak", "keccak", "constant 3", 2)]
    [InlineData("keccak", "keccak", "address of result 0", 0)]
    [InlineData("sha256", "sha256 rounds", "active", 2)]
    [InlineData("sha256", "sha256 rounds", "active", 0)]
    [InlineData("sha256", "sha256 rounds", "scheduled", 1)]
    [InlineData("sha256", "sha256 rounds", "scheduled", 2)]
    [InlineData("sha256", "sha256 rounds", "low half of constant 2", 1 << 16)]
    [InlineData("sha256", "sha256 sum", "active", 2)]
    [InlineData("sha256", "sha256 sum", "active", 0)]
    [InlineData("exclusive or", "exclusive or", "active", 2)]
    [InlineData("exclusive or", "exclusive or", "active", 0)]
    public void C9_flags_and_constants_of_the_tables_over_bits_are_checked(string sample, string chip, string column, int value) =>
        Assert.NotEmpty(Refused(SampleCircuits.All().Single(s => s.Name == sample).Circuit, chip, 0, column, Traces.Element(value)));

    [Theory]
    [InlineData("keccak", "keccak", "active")]
    [InlineData("keccak", "keccak", "readers of result 12")]
    [InlineData("sha256", "sha256 rounds", "active")]
    [InlineData("sha256", "sha256 rounds", "readers of result 4")]
    [InlineData("sha256", "sha256 sum", "active")]
    [InlineData("sha256", "sha256 sum", "readers of result 3")]
    [InlineData("exclusive or", "exclusive or", "readers")]
    public void C9_a_padding_row_of_the_tables_over_bits_that_takes_part_is_refused(string sample, string chip, string column)
    {
        var circuit = SampleCircuits.All().Single(s => s.Name == sample).Circuit;
        Assert.Contains("on padding", Refused(circuit, chip, circuit.Tables[circuit.Table(chip)].UsedRows, column, KoalaBear.One));
    }

    [Theory]
    [InlineData("extension", "active")]
    [InlineData("extension", "readers of d")]
    [InlineData("word sum", "active")]
    [InlineData("word sum", "readers of x")]
    [InlineData("word product", "active")]
    [InlineData("word product", "readers of low")]
    [InlineData("select", "of words")]
    [InlineData("select", "readers of block")]
    [InlineData("equal", "readers")]
    [InlineData("pack", "active")]
    [InlineData("bits", "readers of bit 7")]
    [InlineData("poseidon2", "readers of result rate")]
    [InlineData("poseidon2", "readers of sibling")]
    [InlineData("poseidon2", "readers of next position")]
    [InlineData("poseidon2", "is a Merkle step")]
    [InlineData("public", "reads a word")]
    [InlineData("public", "limb 0 is public")]
    [InlineData("input", "readers as word")]
    [InlineData("constant", "readers as value")]
    public void C9_a_padding_row_that_takes_part_is_refused(string chip, string column)
    {
        var circuit = SampleCircuits.Everything().Circuit;
        var padding = circuit.Tables[circuit.Table(chip)].UsedRows;
        Assert.Contains("on padding", Refused(circuit, chip, padding, column, KoalaBear.One));
    }

    [Fact]
    public void C20_a_block_that_is_read_as_a_word_is_refused()
    {
        // The selection of blocks becomes one of words: its operands are blocks of the input chip.
        var circuit = SampleCircuits.Selections().Circuit;
        var table = circuit.Tables[circuit.Table("select")];
        var row = Enumerable.Range(0, table.Period).First(r => table.Preprocessed[r, table.Chip.PreprocessedColumn("of blocks")] == KoalaBear.One);
        table.Preprocessed[row, table.Chip.PreprocessedColumn("of words")] = KoalaBear.One;
        table.Preprocessed[row, table.Chip.PreprocessedColumn("of blocks")] = KoalaBear.Zero;
        Assert.Contains("is written as a Block and read as a Word", Faults(circuit));
    }

    [Fact]
    public void C20_a_constant_word_with_a_limb_of_two_to_the_16_is_refused()
    {
        var circuit = SampleCircuits.Products().Circuit;
        var table = circuit.Tables[circuit.Table("constant")];
        var row = Enumerable.Range(0, table.UsedRows).First(r => !table.Preprocessed[r, table.Chip.PreprocessedColumn("readers as word")].IsZero);
        Assert.Contains("limb of 2^16 or more", Refused(circuit, "constant", row, "limb 3", KoalaBear.FromCanonical(1 << 16)));
    }

    [Fact]
    public void C20_an_input_read_as_a_word_without_range_check_is_refused()
    {
        Assert.Contains("not range-checked", Refused(SampleCircuits.Products().Circuit, "input", 0, "is word", KoalaBear.Zero));
    }

    [Fact]
    public void C12_the_same_content_on_another_bus_does_not_cancel()
    {
        var sample = SampleCircuits.Selections();
        var trace = sample.Trace();
        var table = sample.Circuit.Tables[sample.Circuit.Table("select")];
        (table.Preprocessed[0, table.Chip.PreprocessedColumn("of words")], table.Preprocessed[0, table.Chip.PreprocessedColumn("of blocks")])
            = (KoalaBear.Zero, KoalaBear.One);
        Assert.NotEmpty(ConstraintChecker.Check(sample.Circuit, trace).Imbalances);
        Assert.NotEmpty(CircuitRules.Check(sample.Circuit));
    }

    [Fact]
    public void C11_a_public_value_that_is_received_twice_or_never_is_refused()
    {
        var circuit = SampleCircuits.Publics().Circuit;
        Assert.Contains("public value 18 is received 0 times", CircuitRules.Check(circuit.Tables, circuit.PublicCount + 1));
        Assert.Contains(CircuitRules.Check(circuit.Tables, circuit.PublicCount - 1), fault => fault.Contains("no such public value", StringComparison.Ordinal));
        Assert.Contains("public value 1 is received 2 times", Refused(circuit, "public", 0, "index", KoalaBear.One));
    }

    [Fact]
    public void C11_shapes_whose_reads_could_wrap_mod_p_are_refused()
    {
        var table = new CircuitTable(new ManyReads(), 4, new Matrix(16, 1));
        ImmutableArray<CircuitTable> tables = [table, .. SampleCircuits.Sums().Circuit.Tables.Where(t => t.Chip.Name == "byte")];

        // 1,100 reads a row: 2^20 rows stay below p, 2^21 do not.
        Assert.DoesNotContain(CircuitRules.Check(tables, 0, 16), fault => fault.Contains("wrap", StringComparison.Ordinal));
        Assert.Contains(CircuitRules.Check(tables, 0, 17), fault => fault.Contains("wrap", StringComparison.Ordinal));
    }

    [Fact]
    public void Heights_past_two_adicity_and_instances_with_public_values_are_refused()
    {
        var sums = SampleCircuits.Sums().Circuit;
        Assert.Empty(CircuitRules.Check(sums, 10));
        Assert.Equal(17, CircuitRules.MaximumLogInstances(sums));
        Assert.NotEmpty(CircuitRules.Check(sums, 18));
        Assert.Equal(0, CircuitRules.MaximumLogInstances(SampleCircuits.Publics().Circuit));
        Assert.NotEmpty(CircuitRules.Check(sums, -1));
    }

    [Fact]
    public void Tables_out_of_order_missing_or_of_another_shape_are_refused()
    {
        var circuit = SampleCircuits.Sums().Circuit;
        Assert.NotEmpty(CircuitRules.Check([.. circuit.Tables.Reverse()], 0));
        Assert.NotEmpty(CircuitRules.Check([.. circuit.Tables, circuit.Tables[^1]], 0));
        Assert.NotEmpty(CircuitRules.Check(circuit.Tables.RemoveAt(circuit.Table("byte")), 0));
        Assert.NotEmpty(CircuitRules.Check(circuit.Tables.SetItem(0, circuit.Tables[0] with { LogPeriod = 5 }), 0));
        Assert.NotEmpty(CircuitRules.Check([], 0));
    }

    private static KoalaBear Preprocessed(Circuit circuit, string chip, int row, string column)
    {
        var table = circuit.Tables[circuit.Table(chip)];
        return table.Preprocessed[row, table.Chip.PreprocessedColumn(column)];
    }

    private static string Refused(Circuit circuit, string chip, int row, string column, KoalaBear value)
    {
        Assert.Empty(CircuitRules.Check(circuit));
        var table = circuit.Tables[circuit.Table(chip)];
        Assert.NotEqual(value, table.Preprocessed[row, table.Chip.PreprocessedColumn(column)]);
        table.Preprocessed[row, table.Chip.PreprocessedColumn(column)] = value;
        Assert.NotEmpty(CircuitRules.Check(circuit));
        return Faults(circuit);
    }

    private static string Faults(Circuit circuit) => string.Join('\n', CircuitRules.Check(circuit));

    private sealed class ManyReads : Chip
    {
        public override string Name => "many reads";

        public override int Degree => 9;

        public override ImmutableArray<string> MainColumns { get; } = ["x"];

        public override ImmutableArray<string> PreprocessedColumns { get; } = ["active"];

        public override void Constrain<T, TBuilder>(ref TBuilder builder)
        {
            for (var i = 0; i < 1100; i++)
                builder.Receive(Bus.Byte, MultiplicityKind.Preprocessed, builder.Preprocessed(0), [builder.Main(0)], "x");
        }
    }
}
