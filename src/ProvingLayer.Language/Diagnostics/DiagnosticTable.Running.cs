namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 9: run time and tests.</content>
public static partial class DiagnosticTable
{
}
