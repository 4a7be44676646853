using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Tests.Support;

namespace ProvingLayer.Constraints.Tests.Checking;

public class HonestTraces
{
    public static TheoryData<string> Names => [.. SampleCircuits.All().Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Honest_trace_satisfies_all_constraints_and_buses(string name)
    {
        var sample = SampleCircuits.All().Single(s => s.Name == name);
        var report = ConstraintChecker.Check(sample.Circuit, sample.Trace());
        Assert.True(report.Holds, report.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Circuit_of_the_builder_satisfies_the_rules_of_key_generation(string name) =>
        Assert.Empty(CircuitRules.Check(SampleCircuits.All().Single(s => s.Name == name).Circuit));
}
