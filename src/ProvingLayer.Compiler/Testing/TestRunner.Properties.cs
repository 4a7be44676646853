using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProvingLayer.Language.Bound;

namespace ProvingLayer.Compiler.Testing;

/// <content>
/// Properties: tried with values made up for their parameters. The values follow from the title, so a run tells the same today and tomorrow.
/// Where they fail, smaller ones are looked for that fail as well.
/// </content>
public sealed partial class TestRunner
{
    /// <summary>How many lists of values a property is tried with unless somebody says.</summary>
    public const int DefaultPropertyRuns = 64;

    /// <summary>Tries to make failing values smaller before what was found is told.</summary>
    private const int MaxShrinks = 400;

    private TestResult RunProperty(BoundTest test, int runs, CancellationToken cancellation)
    {
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(test.Title))));
        var all = 0;
        for (var run = 0; run < runs; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            ImmutableArray<Concrete> values = [.. test.Parameters.Select(p => ValueSource.Next(p.Type, random))];
            var result = Run(test, values);
            all += result.Steps;
            if (!result.IsPassed)
            {
                var (smallest, failure) = Shrink(test, values, result.Failure!, cancellation);
                var shown = string.Join(", ", test.Parameters.Zip(smallest, (p, v) => $"{p.Name} = {ValueSource.Describe(p.Type, v)}"));
                return new(test, failure with { Message = string.Create(CultureInfo.InvariantCulture, $"with {shown}: {failure.Message}") }, all) { Runs = run + 1 };
            }
        }

        return new(test, null, all) { Runs = runs };
    }

    private (ImmutableArray<Concrete> Values, TestFailure Failure) Shrink(
        BoundTest test, ImmutableArray<Concrete> values, TestFailure failure, CancellationToken cancellation)
    {
        var tries = 0;
        for (var found = true; found;)
        {
            found = false;
            for (var i = 0; i < values.Length && !found; i++)
            {
                foreach (var smaller in ValueSource.Smaller(test.Parameters[i].Type, values[i]))
                {
                    if (++tries > MaxShrinks)
                        return (values, failure);
                    cancellation.ThrowIfCancellationRequested();

                    // Another failure is another mistake: only the same one is followed.
                    var candidate = values.SetItem(i, smaller);
                    if (Run(test, candidate).Failure is { } same && same.Mark == failure.Mark && same.Cause?.Failure.Name == failure.Cause?.Failure.Name)
                    {
                        (values, failure, found) = (candidate, same, true);
                        break;
                    }
                }
            }
        }

        return (values, failure);
    }
}
