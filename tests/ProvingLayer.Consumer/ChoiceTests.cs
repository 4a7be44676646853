using System.Collections.Immutable;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Values;
using ProvingLayer.TestSupport;
using Tests.Orders;

namespace ProvingLayer.Consumer;

/// <summary>Enums and optional values as classes and nulls of C#.</summary>
public class ChoiceTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static string Text => File.ReadAllText(Repository.PathOf("tests", "ProvingLayer.Consumer", "orders.tenor"));

    public static TheoryData<int> Sides => [.. Enumerable.Range(0, All.Length)];

    private static ImmutableArray<Side> All { get; } =
    [
        new Side.Long(),
        new Side.Short(Qty<EUR>.Of(1.50m), true),
        new Side.Short(Qty<EUR>.Zero, null),
        new Side.Both(s_now, [new Leg(5, new Inner.Down(7)), null]),
        new Side.Both(s_now, [null, new Leg(5, new Inner.Up())]),
    ];

    [Theory]
    [MemberData(nameof(Sides))]
    public void A_claim_takes_and_gives_back_what_it_was_given(int index)
    {
        var kept = Kept.Load(Save("Kept"));
        var side = All[index];
        var (quote, other) = (new Quote(side, Qty<EUR>.Of(2m)), All[(index + 1) % All.Length]);
        var statement = kept.Execute(quote, other);
        Assert.Equal(Show(quote.Side), Show(statement.Quote!.Side));
        Assert.Equal(quote.Limit, statement.Quote.Limit);
        var (result, n) = statement.Result;
        Assert.Equal(Show(side), Show(result));
        Assert.Equal(index switch { 0 => null, 1 => (byte?)1, 2 => 2, 3 => 7, _ => 9 }, n);
        Assert.Equal(Show(other), Show(kept.Execute(quote with { Limit = null }, other).Result.Item1));
        Assert.Equal(Kept.Error.NoQuote, Kept.ErrorOf(Assert.Throws<TenorException>(() => kept.Execute(null, other))));
    }

    [Fact]
    public void What_is_written_is_what_is_read_and_all_else_is_zero()
    {
        foreach (var side in All)
        {
            var (scalars, cleared) = (new Dictionary<string, Scalar>(), new Dictionary<string, Scalar>());
            Side.Codec.Write(side, "x", scalars);
            Side.Codec.Clear("x", cleared);
            Assert.Equal(cleared.Keys.Order(StringComparer.Ordinal), scalars.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(Show(side), Show(Side.Codec.Read("x", scalars)));
            Assert.All(cleared.Values, v => Assert.False(v.IsTrue));
            Assert.Equal(side is Side.Short, scalars["x.Short.fee"].IsTrue || scalars["x.tag"].Number == 1);
            scalars["x.tag"] = Scalar.Of(3);
            Assert.Throws<TenorException>(() => Side.Codec.Read("x", scalars));
        }

        Assert.Throws<ArgumentNullException>(() => Side.Codec.Write(null!, "x", new Dictionary<string, Scalar>()));
    }

    [Fact]
    public void A_machine_carries_them_in_arguments_states_data_and_events()
    {
        var rules = Order.Load(Save("Order"));
        var order = Order.New(PartyKey.ForTest("ann"), new Side.Long(), null);
        Assert.IsType<Side.Long>(order.Last);
        var open = rules.Execute(order.Place(new Quote(All[1], null), s_now)).State;
        Assert.Equal(Show(All[1]), Show(open.Quote!.Side));
        Assert.Null(open.Quote.Limit);
        Assert.Contains("note = none", open.ToString(), StringComparison.Ordinal);
        var taken = rules.Execute(open.Take(All[3], 4, s_now));
        Assert.Equal(Show(All[3]), Show(taken.State.Side));
        Assert.Equal(Show(All[3]), Show(taken.State.Last));
        Assert.DoesNotContain("Short", open.ToString(), StringComparison.Ordinal);
    }

    // Records compare their parts, but arrays only as references.
    private static string Show(Side side) => side switch
    {
        Side.Long => "long",
        Side.Short s => $"short {s.Fee} {s.Why}",
        Side.Both b => $"both {b.Since:O} {string.Join(" ", b.Legs.Select(l => l is null ? "none" : $"{l.Size} {(l.Side is Inner.Down d ? d.Step : "up")}"))}",
        _ => throw new ArgumentException("a side that is none", nameof(side)),
    };

    private static string Save(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "rules", $"{name}.tnart");
        TenorArtifact.Of(Rules.Emit(Text, name)).Save(path);
        return path;
    }
}
