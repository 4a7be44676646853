using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Values;
using ProvingLayer.TestSupport;
using Tests.Bridge;

namespace ProvingLayer.Consumer;

/// <summary>Bytes and addresses of other systems as values of C#.</summary>
public class BytesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_machine_takes_and_gives_back_bytes()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "rules", "Bridge.tnart");
        TenorArtifact.Of(Rules.Emit(File.ReadAllText(Repository.PathOf("tests", "ProvingLayer.Consumer", "bridge.tenor")), "Bridge")).Save(path);
        var rules = Bridge.Load(path);
        var bridge = Bridge.New(ByteString.Parse("0x00000001"), null);
        Assert.Equal("0x00000001", bridge.Chain.ToString());
        var open = rules.Execute(bridge.Start(s_now)).State;
        var deposit = new Deposit(new([.. Enumerable.Range(200, 32).Select(i => (byte)i)]), AddressValue.Parse("0xa1e4380a3b1f749673e270229993ee55f35663b4"), new([.. Enumerable.Range(0, 40).Select(i => (byte)i)]));
        var step = rules.Execute(open.Credit(deposit, s_now));
        Assert.Equal(deposit, step.State.Last);
        Assert.Equal(deposit.From, step.State.Seen[deposit.Transaction]);
        var seen = Assert.IsType<Bridge.SeenEvent>(Assert.Single(step.Statement.Events));
        Assert.Equal((deposit.Transaction, deposit.From), (seen.Transaction, seen.From));

        var second = deposit with { Transaction = new(new byte[32]), From = default, Memo = null };
        Assert.Equal(second, rules.Execute(step.State.Credit(second, s_now)).State.Last);
        Assert.Throws<ArgumentException>(() => rules.Execute(step.State.Credit(deposit with { Transaction = new(new byte[31]) }, s_now)));
        Assert.Throws<ArgumentException>(() => rules.Execute(step.State.Credit(deposit with { Memo = default(ByteString) }, s_now)));
    }

    [Fact]
    public void Bytes_are_equal_by_what_they_are_and_read_back()
    {
        var bytes = new ByteString([1, 2, 255]);
        Assert.Equal("0x0102ff", bytes.ToString());
        Assert.Equal(bytes, ByteString.Parse("0x0102FF"));
        Assert.Equal(bytes.GetHashCode(), ByteString.Parse("0x0102ff").GetHashCode());
        Assert.NotEqual(bytes, new ByteString([1, 2]));
        Assert.Equal(default, new AddressValue(new(new byte[20])));
        Assert.All(["0102", "0x012", "0x0g", "0X01"], text => Assert.Throws<FormatException>(() => ByteString.Parse(text)));
        Assert.Throws<FormatException>(() => AddressValue.Parse("0x00"));
        Assert.Throws<ArgumentException>(() => new AddressValue(bytes));
    }
}
