using Contracts;
using ProvingLayer.Runtime.Signing;
using ProvingLayer.Runtime.Values;

return args switch
{
    ["prove", var name] => await Prove(name),
    ["verify", var name] => Verify(name),
    _ => Usage(),
};

static async Task<int> Prove(string name)
{
    var rules = Escrow.Load();
    var deadline = DateTimeOffset.Parse("2026-06-30T00:00:00Z");
    var deal = Escrow.New(buyer: PartyKey.ForTest("ann"), seller: PartyKey.ForTest("bob"), deadline);

    // The buyer's key is a test's; SigningKey.Open("buyer.tkey") signs with a real one.
    var buyer = new TestSigner("ann");

    // Each state has the steps that the rules allow from it, and no others.
    var life = rules.BeginHistory();
    var funded = life.Add(deal.Fund(amount: Qty<EUR>.Of(250.00m), at: deadline.AddDays(-29)).By(buyer));
    var closed = life.Add(funded.Release(at: deadline.AddDays(-1)).By(buyer));
    var proved = await life.ProveAsync();
    proved.Save(name);
    Console.WriteLine($"proved {life.Count} steps to {closed}: {name}.proof, {name}.json");
    return 0;
}

static int Verify(string name)
{
    var key = Escrow.LoadKey(Path.Combine(AppContext.BaseDirectory, "Escrow.vkey"));
    var life = Escrow.History.Load(name + ".json", key);
    var found = life.Verify(key, File.ReadAllBytes(name + ".proof"));
    Console.WriteLine(found.IsAccepted ? "accepted" : $"refused: {found.Message}");
    foreach (var receipt in life.Steps.SelectMany(step => step.Receipts))
    {
        Console.WriteLine($"  {receipt.Party} {(receipt.IsPayment ? "paid" : "was paid")} {receipt.AmountOf<EUR>()}");
    }

    return found.IsAccepted ? 0 : 1;
}

static int Usage()
{
    Console.Error.WriteLine("prove NAME, or verify NAME");
    return 2;
}
