using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Stark.Tests.Samples;

/// <summary>Traces of single instances put one under the other; counts of shared tables are added.</summary>
internal static class Batch
{
    public static Trace Of(Circuit circuit, params Trace[] instances)
    {
        var tables = ImmutableArray.CreateBuilder<Matrix>();
        for (var table = 0; table < circuit.Tables.Length; table++)
        {
            var first = instances[0].Main[table];
            if (circuit.Tables[table].Chip.IsShared)
            {
                var sum = new KoalaBear[first.Data.Length];
                foreach (var instance in instances)
                {
                    for (var i = 0; i < sum.Length; i++)
                        sum[i] += instance.Main[table].Data[i];
                }

                tables.Add(new(sum, first.Height, first.Width));
            }
            else
            {
                tables.Add(new([.. instances.SelectMany(instance => instance.Main[table].Data)], first.Height * instances.Length, first.Width));
            }
        }

        return new(tables.ToImmutable(), instances[0].PublicValues, int.Log2(instances.Length));
    }
}
