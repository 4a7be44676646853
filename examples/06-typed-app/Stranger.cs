using ProvingLayer.Runtime;
using TypedApp.Rules;

namespace TypedApp;

/// <summary>Who was not there: has two files, and a key that he built from the same rules or has from someone whom he trusts.</summary>
internal static class Stranger
{
    public static int Verify(string folder, string keyFile)
    {
        try
        {
            var key = ApplePut.LoadKey(keyFile);
            var life = ApplePut.History.Load(Path.Combine(folder, "life.json"), key);
            var found = life.Verify(key, File.ReadAllBytes(Path.Combine(folder, "life.proof")));
            if (!found.IsAccepted)
            {
                Console.WriteLine($"refused ({found.Misfit}): {found.Message}");
                return 1;
            }

            Console.WriteLine(found.Message);
            foreach (var step in life.Steps)
            {
                Console.WriteLine($"  {step.Now.NotBefore:u}  {Describe(step)}");
                foreach (var receipt in step.Receipts)
                {
                    Console.WriteLine($"    {receipt.Party.ToString()[..10]}… {(receipt.IsPayment ? "paid" : "was paid")} {receipt.AmountOf<USD>()}");
                }
            }

            return 0;
        }
        catch (TenorException e)
        {
            Console.WriteLine($"refused: {e.Message}");
            return 1;
        }
    }

    private static string Describe(ApplePut.Step step) => step switch
    {
        ApplePut.OpenStep => "opened",
        ApplePut.ExerciseStep exercise => $"exercised at {exercise.Spot}", // to be compared with one's own market data
        ApplePut.ExpireStep => "expired",
        ApplePut.SettleStep => "settled",
        _ => "another step",
    };
}
